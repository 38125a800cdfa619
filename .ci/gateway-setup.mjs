// Gives the tenant of TOKEN a key of each provider, and itself three keys of the gateway, printed for a shell to read.
// Arguments: the server's address, and a file with a line for each provider that begins with its id and its key.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const [server, providers] = process.argv.slice(2);

async function post(path, body) {
  const headers = { Authorization: `Bearer ${process.env.TOKEN}`, 'Content-Type': 'application/json' };
  const response = await fetch(server + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = await response.json();
  assert.equal(response.status, 201, JSON.stringify(answer));
  return answer;
}

for (const line of readFileSync(providers, 'utf8').trim().split('\n')) {
  const [id, value] = line.split('\t');
  await post('/api/secrets', { name: `provider_key_${id}`, value });
}
const key = async (name, terms) => (await post('/api/v1/gateway-keys', { name, ...terms })).key;
console.log(`KEY=${await key('all', {})}`);
console.log(`LIMITED=${await key('limited', { allowed_models: ['openai/*'] })}`);
console.log(`CAPPED=${await key('capped', { spend_cap_micro_usd: 1 })}`);
