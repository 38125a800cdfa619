// OpenAI's own client for Node, unchanged but for its base URL and key, asks every provider through the gateway.
// Arguments: the base URL, and a file with a line for each provider: its id, a model that chats, one that embeds or "-".
// Environment: KEY; and for what is refused, where they are set: LIMITED (may ask openai's models alone) and CAPPED (has
// nothing left to spend).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import OpenAI from 'openai';
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';

const [baseURL, list] = process.argv.slice(2);
const client = (apiKey) => new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const openai = client(process.env.KEY);
const picture = 'data:image/png;base64,iVBORw0KGgo=';
const system = { role: 'system', content: 'be brief' };
let passed = 0;

async function check(what, body) {
  try {
    await body();
  } catch (error) {
    console.error(`not as expected: ${what}`);
    throw error;
  }
  passed += 1;
}

const ask = (text) => [system, { role: 'user', content: text }];
const weather = (seen) =>
  zodFunction({
    name: 'weather',
    description: 'Tells the weather of a city',
    parameters: z.object({ city: z.string() }),
    function: ({ city }) => {
      seen.push(city);
      return `it rains in ${city}`;
    },
  });

async function chats(id, model) {
  await check(`${id}: a chat`, async () => {
    const answer = await openai.chat.completions.create({ model, messages: ask(`hello ${id}`) });
    assert.equal(answer.object, 'chat.completion');
    assert.equal(answer.choices[0].message.content, `heard: hello ${id}`);
    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.equal(answer.usage.prompt_tokens, 4);
  });
  await check(`${id}: at the same time`, async () => {
    const texts = Array.from({ length: 20 }, (_, at) => `question ${at}`);
    const answers = await Promise.all(
      texts.map((text) => openai.chat.completions.create({ model, messages: ask(text) })),
    );
    assert.deepEqual(
      answers.map((answer) => answer.choices[0].message.content),
      texts.map((text) => `heard: ${text}`),
    );
  });
  await check(`${id}: a stream`, async () => {
    const stream = await openai.chat.completions.create({
      model,
      messages: ask('one two three'),
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const pieces = chunks.flatMap((chunk) => chunk.choices.map((choice) => choice.delta.content ?? ''));
    assert.equal(pieces.join(''), 'heard: one two three');
    assert.ok(pieces.filter((piece) => piece !== '').length >= 3, 'it came in pieces');
    assert.deepEqual(chunks.at(-1).choices, [], 'usage comes last and alone');
    assert.equal(chunks.at(-1).usage.prompt_tokens, 5);
    assert.ok(chunks.slice(0, -1).every((chunk) => !chunk.usage));
  });
  await check(`${id}: a stream without usage`, async () => {
    const stream = await openai.chat.completions.create({ model, messages: ask('one'), stream: true });
    for await (const chunk of stream) {
      assert.equal(chunk.choices.length, 1);
      assert.ok(!chunk.usage);
    }
  });
}

async function callsTools(id, model) {
  await check(`${id}: a tool, to the end`, async () => {
    const seen = [];
    const runner = openai.chat.completions.runTools({ model, messages: ask('Paris'), tools: [weather(seen)] });
    assert.equal(await runner.finalContent(), 'tool said: it rains in Paris');
    assert.deepEqual(seen, ['Paris']);
  });
  await check(`${id}: a tool in a stream, to the end`, async () => {
    const seen = [];
    const tools = [weather(seen)];
    const runner = openai.chat.completions.runTools({ model, messages: ask('Rome'), tools, stream: true });
    assert.equal(await runner.finalContent(), 'tool said: it rains in Rome');
    assert.deepEqual(seen, ['Rome']);
  });
}

async function shapesAndPictures(id, model) {
  // DeepSeek has neither, and says so: the caller gets its 400 as it is.
  const has = id !== 'deepseek';
  const refused = { name: 'Error', status: 400 };
  await check(`${id}: an answer by a schema`, async () => {
    const asked = openai.chat.completions.parse({
      model,
      messages: ask('Paris'),
      response_format: zodResponseFormat(z.object({ city: z.string(), inhabitants: z.number() }), 'place'),
    });
    if (has) {
      assert.deepEqual((await asked).choices[0].message.parsed, { city: 'Paris', inhabitants: 7 });
    } else {
      await assert.rejects(asked, refused);
    }
  });
  await check(`${id}: a picture`, async () => {
    const content = [
      { type: 'text', text: 'look' },
      { type: 'image_url', image_url: { url: picture } },
    ];
    const asked = openai.chat.completions.create({ model, messages: [{ role: 'user', content }] });
    if (has) {
      assert.equal((await asked).choices[0].message.content, 'heard: look with 1 images');
    } else {
      await assert.rejects(asked, refused);
    }
  });
}

async function embeds(id, model) {
  // Left alone, this client asks for base64, which these two do not have.
  const given = ['together', 'fireworks'].includes(id) ? { encoding_format: 'float' } : {};
  await check(`${id}: embeddings`, async () => {
    const answer = await openai.embeddings.create({ model, input: ['four', 'seventeen letters'], ...given });
    assert.deepEqual(
      answer.data.map((each) => each.embedding.slice(0, 2)),
      [
        [4, 0.5],
        [17, 0.5],
      ],
    );
    assert.equal(answer.usage.prompt_tokens, 3);
  });
}

async function refuses(model, other) {
  const refused = (key, asked, status, code) =>
    assert.rejects(client(key).chat.completions.create({ model: asked, messages: ask('x') }), (error) => {
      assert.ok(error instanceof OpenAI.APIError);
      assert.equal(error.status, status);
      assert.equal(error.code, code);
      return true;
    });
  await check('a key that is none', () =>
    assert.rejects(
      client('ck_nobody').chat.completions.create({ model, messages: ask('x') }),
      OpenAI.AuthenticationError,
    ),
  );
  await check('a model of nobody', () => refused(process.env.KEY, 'nobody/model', 404, 'model_unknown'));
  await check('a model that this key may not ask', () =>
    refused(process.env.LIMITED, other, 403, 'model_not_allowed'),
  );
  await check('nothing left to spend', () => refused(process.env.CAPPED, model, 402, 'spend_cap_reached'));
}

const providers = readFileSync(list, 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t'));
for (const [id, model, embedding] of providers) {
  await chats(id, model);
  await callsTools(id, model);
  await shapesAndPictures(id, model);
  if (embedding !== '-') await embeds(id, embedding);
}
await check('models', async () => {
  const names = [];
  for await (const model of openai.models.list()) names.push(model.id);
  for (const [id, model] of providers) {
    // What a provider serves on one's own machine no catalogue knows.
    if (id !== 'ollama') assert.ok(names.includes(model), model);
  }
});
if (process.env.LIMITED) {
  const model = (id) => providers.find((each) => each[0] === id)[1];
  await refuses(model('openai'), model('groq'));
}
console.log(`openai: ${passed} passed, 0 failed`);
