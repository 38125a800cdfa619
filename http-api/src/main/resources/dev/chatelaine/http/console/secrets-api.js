/** The secrets' calls. */
import { call, path } from './http.js';

const at = (name, ...more) => path(['api', 'secrets', name, ...more]);

export const secrets = {
  list: (query, signal) => call('GET', path(['api', 'secrets'], query), { signal }),
  get: (name) => call('GET', at(name)),
  create: (body) => call('POST', path(['api', 'secrets']), { body }),
  update: (name, body, match) => call('PUT', at(name), { body, match }),
  remove: (name, match) => call('DELETE', at(name), { match }),
  purge: (name, match) => call('DELETE', `${at(name)}?purge=true`, { match }),
  restore: (name) => call('POST', at(name, 'restore')),
  verify: (name) => call('POST', at(name, 'verify')),
  versions: (name) => call('GET', at(name, 'versions')),
  rollback: (name, version, match) => call('POST', at(name, 'rollback'), { body: { version }, match }),
};
