/** The two calls of the demo shop's server; see "Demo shop" in docs/reference/contracts.md. */

export interface DemoCustomer {
  customer_id: string;
  name: string;
  segment: string | null;
  line: string;
}

interface Envelope<T> {
  ok: boolean;
  data?: T;
  errors?: { message: string }[];
}

async function call<T>(path: string, body?: object): Promise<T> {
  const init = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, { credentials: "omit", ...init });
  const envelope = (await response.json()) as Envelope<T>;
  if (!envelope.ok || envelope.data === undefined) throw new Error(envelope.errors?.[0]?.message ?? `the shop answered ${response.status}`);
  return envelope.data;
}

export async function demoCustomers(): Promise<DemoCustomer[]> {
  return (await call<{ customers: DemoCustomer[] }>("/demo/customers")).customers;
}

/** A signed token for one of the demo customers, good for up to an hour. */
export async function signIn(customerId: string): Promise<string> {
  return (await call<{ identity: string }>("/demo/sign-in", { customer_id: customerId })).identity;
}
