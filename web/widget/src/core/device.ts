/** Recommending on the device: a script of its own, loaded when the page first asks for it. */
import type { Device } from "../../../device/src/index.ts";
import { KEY } from "../../../device/src/memory.ts";
import { storageArea } from "./storage.ts";

let loading: Promise<Device> | null = null;

/** Rejects where the server does not have the script, and tries again at the next call. */
export function loadDevice(server: URL): Promise<Device> {
  loading ??= new Promise<Device>((resolve, reject) => {
    if (window.RapportDevice) return resolve(window.RapportDevice);
    const script = document.createElement("script");
    script.src = new URL("/static/device.js", server).href;
    const done = (): void => {
      script.remove();
      if (window.RapportDevice) return resolve(window.RapportDevice);
      loading = null;
      reject(new Error(`${script.src} could not be loaded`));
    };
    script.onload = done;
    script.onerror = done;
    document.head.append(script);
  });
  return loading;
}

/** Forget what was noticed on this device, also where the script was not loaded on this page. */
export function forgetDevice(): void {
  window.RapportDevice?.forget();
  try {
    storageArea("localStorage")?.removeItem(KEY);
  } catch {
    // Forbidden: then nothing was kept either.
  }
}
