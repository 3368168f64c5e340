// Runs two clients of Perspective against a server: what they give is printed as JSON, for the test that started this.
// Neither is changed: one learns its host from the discovery document, the other's requests are sent to another host.
import { createRequire } from 'node:module';

const origin = process.argv[2];
const key = process.env.API_KEY;
const { text, calm } = JSON.parse(process.env.TEXTS);
const require = createRequire(import.meta.url);

async function outcome(call) {
  try {
    return { data: await call() };
  } catch (error) {
    return {
      name: error.name,
      message: error.message,
      status: error.response?.status,
      error: error.response?.data?.error,
    };
  }
}

async function perspectiveApiClient() {
  const Perspective = require('perspective-api-client');
  const axios = createRequire(require.resolve('perspective-api-client'))('axios');
  axios.interceptors.request.use((config) => {
    config.url = config.url.replace('https://commentanalyzer.googleapis.com', origin);
    return config;
  });
  const client = new Perspective({ apiKey: key });
  return {
    plain: await outcome(() => client.analyze(text)),
    chosen: await outcome(() => client.analyze(`<p>${text}</p>`, { attributes: ['toxicity', 'insult'], doNotStore: true })),
    whole: await outcome(() =>
      client.analyze({
        comment: { text: calm },
        languages: ['en'],
        requestedAttributes: { TOXICITY: { scoreThreshold: 0.7 } },
      }),
    ),
    language: await outcome(() => client.analyze('Дякую за цей докладний звіт про міст і за чудові фотографії.')),
    attribute: await outcome(() => client.analyze(text, { attributes: ['flirtation'] })),
    key: await outcome(() => new Perspective({ apiKey: 'AIzaNotOne' }).analyze(text)),
  };
}

async function googleapis() {
  const { Discovery } = require('googleapis-common');
  const create = await new Discovery({}).discoverAPI(`${origin}/$discovery/rest?version=v1alpha1`);
  const options = { auth: key, rootUrl: `${origin}/`, retry: false };
  const client = create(options);
  const analyze = (requestBody, its = client) => outcome(async () => (await its.comments.analyze({ resource: requestBody })).data);
  return {
    analyze: await analyze({
      comment: { text: `${calm} ${text}.` },
      requestedAttributes: { TOXICITY: { scoreType: 'PROBABILITY' }, THREAT: {} },
      spanAnnotations: true,
      clientToken: 'c1',
    }),
    empty: await analyze({ comment: { text: '' }, requestedAttributes: { TOXICITY: {} } }),
    key: await analyze({ comment: { text }, requestedAttributes: { TOXICITY: {} } }, create({ ...options, auth: 'AIzaNotOne' })),
    suggest: await outcome(
      async () =>
        (
          await client.comments.suggestscore({
            resource: {
              comment: { text: calm },
              attributeScores: { TOXICITY: { summaryScore: { value: 0 } } },
              languages: ['en'],
              communityId: 'Coral:https://news.example',
              clientToken: 'comment:1',
            },
          })
        ).data,
    ),
  };
}

console.log(JSON.stringify({ perspectiveApiClient: await perspectiveApiClient(), googleapis: await googleapis() }));
