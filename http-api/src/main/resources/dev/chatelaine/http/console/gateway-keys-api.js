/** The calls about gateway keys, and about what was used with them. */
import { call, path } from './http.js';

const all = ['api', 'v1', 'gateway-keys'];
const at = (id, ...more) => path([...all, id, ...more]);

export const gatewayKeys = {
  list: (query, signal) => call('GET', path(all, query), { signal }),
  get: (id) => call('GET', at(id)),
  create: (body) => call('POST', path(all), { body }),
  change: (id, body, match) => call('PATCH', at(id), { body, match }),
  rotate: (id, seconds, match) => call('POST', at(id, 'rotate'), { body: { grace_seconds: seconds }, match }),
  remove: (id) => call('DELETE', at(id)),
};

/** What was used: `{from, to, group_by}`. */
export function usageOf(query, signal) {
  return call('GET', path(['api', 'v1', 'usage'], query), { signal });
}

/** Where programs find the gateway. */
export function baseUrl() {
  return `${location.origin}/v1`;
}
