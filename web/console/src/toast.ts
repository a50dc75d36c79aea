/** Says in one line when something that the page asked for did not work. */

const SHOWN_MS = 8000;
let timer: number | undefined;

/** Listen for requests that failed. Refreshes in the background fail silently: the next one will do. */
export function tellFaults(): void {
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, requestConfig } = (event as CustomEvent<Detail>).detail;
    if (requestConfig.verb !== "get") show(xhr.responseText || `The server answered ${xhr.status}. Try again.`);
  });
  document.addEventListener("htmx:sendError", (event) => {
    const { requestConfig } = (event as CustomEvent<Detail>).detail;
    if (requestConfig.verb !== "get") show("The server cannot be reached. What you wrote is still here: try again in a moment.");
  });
}

interface Detail {
  xhr: XMLHttpRequest;
  requestConfig: { verb: string };
}

function show(text: string): void {
  const toast = document.querySelector<HTMLElement>("#toast");
  if (!toast) return;
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => {
    toast.hidden = true;
  }, SHOWN_MS);
}
