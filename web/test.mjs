/** Runs the unit tests (charts, widget and device: NAME/test/*.test.ts) with Node's own test runner. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as esbuild from "esbuild";

process.chdir(import.meta.dirname ?? new URL(".", import.meta.url).pathname);
const folders = ["charts/test", "widget/test", "device/test"];
const entryPoints = folders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith(".test.ts")).map((name) => `${folder}/${name}`));
const outdir = mkdtempSync(join(tmpdir(), "rapport-web-"));
let status = 1;
try {
  await esbuild.build({ entryPoints, outdir, bundle: true, platform: "node", format: "esm", outExtension: { ".js": ".mjs" }, logLevel: "warning" });
  const files = readdirSync(outdir, { recursive: true }).filter((name) => name.endsWith(".mjs")).map((name) => join(outdir, name));
  ({ status } = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" }));
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
process.exit(status ?? 1);
