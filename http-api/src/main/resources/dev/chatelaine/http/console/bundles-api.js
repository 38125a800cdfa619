/** The bundles' calls. */
import { call, path } from './http.js';

const all = ['v1', 'tenants', 'me', 'secrets'];
const at = (name) => path([...all, name]);

export const bundles = {
  list: (signal) => call('GET', path(all), { signal }),
  get: (name) => call('GET', at(name)),
  create: (body) => call('POST', path(all), { body }),
  replace: (name, values) => call('PUT', at(name), { body: { values } }),
  remove: (name) => call('DELETE', at(name)),
};
