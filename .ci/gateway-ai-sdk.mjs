// The AI SDK with its provider for OpenAI-compatible services asks every provider through the gateway.
// Arguments and KEY as in gateway-openai.mjs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, embedMany, generateText, Output, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';

const [baseURL, list] = process.argv.slice(2);
const options = { name: 'gateway', baseURL, includeUsage: true, supportsStructuredOutputs: true };
const gateway = createOpenAICompatible({ ...options, apiKey: process.env.KEY });
const picture = Buffer.from('iVBORw0KGgo=', 'base64');
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

function tools(seen) {
  return {
    weather: tool({
      description: 'Tells the weather of a city',
      inputSchema: z.object({ city: z.string() }),
      execute: async ({ city }) => {
        seen.push(city);
        return `it rains in ${city}`;
      },
    }),
  };
}

async function talks(id, name) {
  const asked = { model: gateway(name), system: 'be brief', maxRetries: 0 };
  await check(`${id}: generateText`, async () => {
    const { text, usage, finishReason } = await generateText({ ...asked, prompt: `hello ${id}`, maxOutputTokens: 50 });
    assert.equal(text, `heard: hello ${id}`);
    assert.equal(finishReason, 'stop');
    assert.equal(usage.inputTokens, 4);
  });
  await check(`${id}: streamText`, async () => {
    const result = streamText({ ...asked, prompt: 'one two three' });
    const pieces = [];
    for await (const piece of result.textStream) pieces.push(piece);
    assert.equal(pieces.join(''), 'heard: one two three');
    assert.ok(pieces.length >= 3, 'it came in pieces');
    assert.equal((await result.usage).inputTokens, 5);
  });
  await check(`${id}: a tool, to the end`, async () => {
    const seen = [];
    const { text } = await generateText({ ...asked, prompt: 'Paris', tools: tools(seen), stopWhen: stepCountIs(3) });
    assert.equal(text, 'tool said: it rains in Paris');
    assert.deepEqual(seen, ['Paris']);
  });
  await check(`${id}: a tool in a stream, to the end`, async () => {
    const seen = [];
    const result = streamText({ ...asked, prompt: 'Rome', tools: tools(seen), stopWhen: stepCountIs(3) });
    assert.equal(await result.text, 'tool said: it rains in Rome');
    assert.deepEqual(seen, ['Rome']);
  });
  await check(`${id}: an answer by a schema`, () => shaped(id, asked));
  await check(`${id}: a picture`, () => seen(id, asked));
}

// DeepSeek has neither schemas nor pictures, and says so.
const refused = (error) => APICallError.isInstance(error) && error.statusCode === 400;

async function shaped(id, asked) {
  const output = Output.object({ schema: z.object({ city: z.string(), inhabitants: z.number() }) });
  const answer = generateText({ ...asked, prompt: 'Paris', output });
  if (id === 'deepseek') {
    await assert.rejects(answer, refused);
  } else {
    assert.deepEqual((await answer).output, { city: 'Paris', inhabitants: 7 });
  }
}

async function seen(id, asked) {
  const content = [
    { type: 'text', text: 'look' },
    { type: 'file', data: picture, mediaType: 'image/png' },
  ];
  const answer = generateText({ ...asked, messages: [{ role: 'user', content }] });
  if (id === 'deepseek') {
    await assert.rejects(answer, refused);
  } else {
    assert.equal((await answer).text, 'heard: look with 1 images');
  }
}

async function embeds(id, name) {
  await check(`${id}: embedMany`, async () => {
    const model = gateway.embeddingModel(name);
    const { embeddings } = await embedMany({ model, values: ['four', 'seventeen letters'], maxRetries: 0 });
    assert.deepEqual(
      embeddings.map((each) => each.slice(0, 2)),
      [
        [4, 0.5],
        [17, 0.5],
      ],
    );
  });
}

const providers = readFileSync(list, 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t'));
for (const [id, model, embedding] of providers) {
  await talks(id, model);
  if (embedding !== '-') await embeds(id, embedding);
}
await check('a key that is none', () =>
  assert.rejects(
    generateText({
      model: createOpenAICompatible({ ...options, apiKey: 'ck_nobody' })(providers[0][1]),
      prompt: 'x',
      maxRetries: 0,
    }),
    (error) => APICallError.isInstance(error) && error.statusCode === 401,
  ),
);
console.log(`ai sdk: ${passed} passed, 0 failed`);
