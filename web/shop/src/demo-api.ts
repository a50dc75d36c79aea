/** The three calls of the demo shop's server; see "Demo shop" in docs/reference/contracts.md. */

export interface DemoCustomer {
  customer_id: string;
  name: string;
  segment: string | null;
  line: string;
}

export interface FrontProduct {
  product_id: string;
  name: string;
  category: string;
  department: string;
  price: number | null;
  reason: string;
}

interface Envelope<T> {
  ok: boolean;
  data?: T;
  errors?: { message: string }[];
}

async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
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
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ customer_id: customerId });
  return (await call<{ identity: string }>("/demo/sign-in", { method: "POST", headers, body })).identity;
}

/** The products at the top of the page for whom the token names; `personal`: what she bought was used. */
export async function frontRow(identity: string): Promise<{ personal: boolean; products: FrontProduct[] }> {
  return await call("/demo/front-row", { headers: { Authorization: `Bearer ${identity}` } });
}
