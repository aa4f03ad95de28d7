// Answers and times the requests of one table with Cedar. Lines of JSON: the table comes in, the answers go out; on the
// next line, the seconds to measure, the times in nanoseconds go out.
'use strict';
const readline = require('node:readline');
const cedar = require('@cedar-policy/cedar-wasm/nodejs');

const TABLE = 'table';
const EMPTY = 'empty';
const principal = { type: 'Agency', id: 'importer' };
const resource = { type: 'DataSet', id: 'declarations' };

const callOf = (facts, preparsedPolicySetId) => ({
  principal,
  action: { type: 'Action', id: facts.purpose },
  resource,
  context: facts,
  entities: [],
  preparsedPolicySetId,
});

function preparse(id, staticPolicies) {
  const parsed = cedar.preparsePolicySet(id, { staticPolicies });
  if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed.errors.slice(0, 3)));
}

// Cedar names every policy that led to the decision; the first of them in the table is the rule that decides.
function decide(call) {
  const answer = cedar.statefulIsAuthorized(call);
  if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors.slice(0, 3)));
  const { errors, reason } = answer.response.diagnostics;
  if (errors.length > 0) throw new Error(JSON.stringify(errors.slice(0, 3)));
  let first = -1;
  for (const id of reason) {
    const number = Number(id);
    if (first < 0 || number < first) first = number;
  }
  return first;
}

function measure(calls, seconds) {
  const times = [];
  const end = process.hrtime.bigint() + BigInt(Math.round(seconds * 1e9));
  let started = process.hrtime.bigint();
  for (let i = 0; times.length === 0 || started < end; i++) {
    decide(calls[i % calls.length]);
    const ended = process.hrtime.bigint();
    times.push(Number(ended - started));
    started = process.hrtime.bigint();
  }
  return times;
}

const write = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

async function main() {
  const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const { policies, requests } = JSON.parse((await lines.next()).value);
  preparse(TABLE, policies);
  preparse(EMPTY, {});
  const calls = requests.map((facts) => callOf(facts, TABLE));
  write({ cedar: cedar.getCedarSDKVersion(), node: process.version, answers: calls.map(decide) });

  const order = await lines.next();
  if (order.done) return;
  const seconds = Number(order.value);
  measure(calls, seconds);
  const times = measure(calls, seconds);
  const emptyTimes = measure(requests.map((facts) => callOf(facts, EMPTY)), Math.min(seconds, 1));
  write({ times, emptyTimes });
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
