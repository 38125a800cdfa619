/** The LLM configurations' calls. */
import { call, path } from './http.js';

const all = ['api', 'v1', 'llm-configs'];
const at = (name, ...more) => path([...all, name, ...more]);

export const configs = {
  list: (query, signal) => call('GET', path(all, query), { signal }),
  get: (name) => call('GET', at(name)),
  create: (body) => call('POST', path(all), { body }),
  update: (name, body, match) => call('PATCH', at(name), { body, match }),
  remove: (name, match) => call('DELETE', at(name), { match }),
  makeDefault: (name) => call('PUT', at(name, 'default')),
  setKey: (name, key, match) => call('PUT', at(name, 'key'), { body: { api_key: key }, match }),
  removeKey: (name, match) => call('DELETE', at(name, 'key'), { match }),
  verify: (name) => call('POST', at(name, 'verify')),
};
