/**
 * Bundles what runs in a browser into dist/, with stable names.
 *
 *   node build.mjs            build once, minified
 *   node build.mjs --watch    rebuild at every change, with source maps
 *   node build.mjs --sizes    build once and tell each file's size, plain and gzipped
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const wanted = { watch: process.argv.includes("--watch"), sizes: process.argv.includes("--sizes") };

/** Each entry becomes dist/<name>.js or dist/<name>.css. */
const scripts = {
  widget: "widget/src/index.ts",
  shop: "shop/src/index.ts",
  // Recommends in the browser; a file of its own that the shop page links and the widget loads when it is asked.
  device: "device/src/index.ts",
  console: "console/src/index.ts",
  // Heavy, so it is a file of its own that console.js loads on pages with a chart.
  "console-charts": "console/src/charts.ts",
  // Put into each report as it is: it has to work from a file.
  report: "report/src/report.ts",
};
const sheets = { shop: "shop/src/shop.css", console: "console/src/console.css", report: "report/src/report.css" };

const common = {
  bundle: true,
  outdir: "dist",
  target: ["es2022", "chrome111", "firefox121", "safari16.4"],
  minify: !wanted.watch,
  sourcemap: wanted.watch ? "inline" : false,
  legalComments: "none",
  logLevel: "warning",
  charset: "utf8",
};

/** The widget carries its style sheet as a string for its shadow root; the others link theirs from the page. */
const scriptOptions = {
  ...common,
  entryPoints: scripts,
  format: "iife",
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".css": "text" },
  plugins: [minifiedStyleText()],
};
const sheetOptions = { ...common, entryPoints: sheets };

function minifiedStyleText() {
  return {
    name: "minified-style-text",
    setup(build) {
      build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const { code } = await esbuild.transform(readFileSync(path, "utf8"), { loader: "css", minify: true, target: common.target });
        return { contents: code.trim(), loader: "text" };
      });
    },
  };
}

function printSizes() {
  for (const name of readdirSync("dist").filter((file) => /\.(js|css)$/.test(file)).sort()) {
    const bytes = readFileSync(`dist/${name}`);
    const kb = (n) => `${(n / 1024).toFixed(1)} KB`.padStart(9);
    console.log(`${name.padEnd(14)} ${kb(bytes.length)}  ${kb(gzipSync(bytes, { level: 9 }).length)} gz`);
  }
}

process.chdir(import.meta.dirname ?? new URL(".", import.meta.url).pathname);
for (const path of [...Object.values(scripts), ...Object.values(sheets)]) {
  if (!existsSync(path)) throw new Error(`build: ${path} is missing; every entry point named in build.mjs must exist`);
}
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
if (wanted.watch) {
  for (const options of [scriptOptions, sheetOptions]) await (await esbuild.context(options)).watch();
  console.log("watching web/ for changes");
} else {
  await Promise.all([esbuild.build(scriptOptions), esbuild.build(sheetOptions)]);
  if (wanted.sizes) printSizes();
}
