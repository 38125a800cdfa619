/** Calls to the server: JSON both ways, the cookie says who is calling. */

/** What the server, or the way to it, refused. `errors` are those of fields: `{field, message}`. */
export class Problem extends Error {
  constructor({ status = 0, code, detail, errors = [], next, request_id: requestId }) {
    super(detail);
    Object.assign(this, { status, code, errors, next, requestId });
  }
}

const UNREACHABLE = {
  code: 'unreachable',
  detail: 'The server cannot be reached.',
  next: 'Look at the connection and try again. What you typed is still here.',
};

const UNREADABLE = {
  code: 'unreadable',
  detail: 'The server answered with something that this page cannot read.',
  next: 'Try again; if it stays so, reload the page.',
};

/** Tells of the end of the session, the event `ended`, and of the return of who was signed in, `back`. */
export const session = new EventTarget();

let tenant = null;

/** Every call from now on is for this tenant, whatever another tab switches to. */
export function actIn(chosen) {
  tenant = chosen;
}

/**
 * Calls. `match` is the revision that must still be the present one.
 *
 * @throws Problem
 */
export async function call(method, path, { body, match, signal } = {}) {
  const response = await send(path, { method, headers: headers(body, match), body: text(body), signal });
  const answer = await read(response);
  if (response.ok) {
    return { ...answer, revision: response.headers.get('ETag') };
  }
  if (response.status === 401) {
    session.dispatchEvent(new Event('ended'));
  }
  throw new Problem({ ...(answer.detail ? answer : UNREADABLE), status: response.status });
}

/** A path with its parts escaped, and a query of what is given. */
export function path(parts, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== '' && value !== undefined && value !== null);
  const search = given.length ? `?${new URLSearchParams(given)}` : '';
  return `/${parts.map(encodeURIComponent).join('/')}${search}`;
}

function headers(body, match) {
  const set = { Accept: 'application/json, application/problem+json' };
  if (tenant) {
    set['X-Tenant-Id'] = tenant;
  }
  if (body !== undefined) {
    set['Content-Type'] = 'application/json';
  }
  if (match) {
    set['If-Match'] = match;
  }
  return set;
}

function text(body) {
  return body === undefined ? undefined : JSON.stringify(body);
}

async function send(url, options) {
  try {
    return await fetch(url, { ...options, credentials: 'same-origin', cache: 'no-store', redirect: 'error' });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Problem(UNREACHABLE);
  }
}

async function read(response) {
  try {
    const content = await response.text();
    return content === '' ? {} : JSON.parse(content);
  } catch {
    throw new Problem({ ...UNREADABLE, status: response.status });
  }
}
