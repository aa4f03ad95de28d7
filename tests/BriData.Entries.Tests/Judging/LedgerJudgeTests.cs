using System.Collections.Immutable;
using System.Text;
using BriData.Contracts.Countries;
using BriData.Entries.Accesses;
using BriData.Entries.Agencies;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Entries.Judging;
using BriData.Entries.Transfers;
using BriData.Ledger.Documents;
using BriData.Ledger.Verification;
using BriData.Testing.Ledger;
using CsCheck;

namespace BriData.Entries.Tests.Judging;

public sealed class LedgerJudgeTests
{
    private static readonly string[] LedgerKinds = ["agreement", "country", "agency", "access"];

    public static TheoryData<string> Ledgers => [.. LedgerKinds];

    public static TheoryData<string> ForgeryNames => [.. Forgeries.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Ledgers))]
    public async Task Judge_HonestLedger_FindsNothing(string kind)
    {
        var history = await Histories.OfAsync(kind);

        Assert.Empty(await JudgeAsync(history, history.Entries));
    }

    [Theory]
    [InlineData(0, null, 2, true)] // of the same day, decided later
    [InlineData(1, null, 1, true)] // governs by the day of the entry
    [InlineData(1, null, 0, false)] // does not govern yet
    [InlineData(-1, null, 2, false)] // governed before, not since
    [InlineData(0, "CN-FTZ-SHANGHAI", 2, false)] // the law of a part is no law of the whole
    public async Task Judge_RulePackNoLongerTold_HoldsOnceAnotherGovernsInItsPlace(int later, string? part, int toldAfter, bool holds)
    {
        var history = await Histories.AgreementAsync();
        var first = history.Entries.First(e => e.Data is CountryContextTaken { Context.Country: "CN" });
        var context = ((CountryContextTaken)first.Data).Context;
        var held = new PackInForce("held", context.Packs[0].Digest, DateOnly.FromDateTime(first.At.UtcDateTime));
        var now = held with { Version = "now", InForceFrom = held.InForceFrom.AddDays(later), Part = part };
        LedgerEvent[] entries =
        [
            history.Entries[0],
            first with { Data = new CountryContextTaken(context with { Packs = [held] }) },
            first with { At = first.At.AddDays(toldAfter), Data = new CountryContextTaken(context with { AsOf = context.AsOf + 1, Packs = [now] }) },
        ];

        Assert.Equal(holds ? [] : [JudgeCodes.ContextStale], (await JudgeAsync(history, entries)).Select(f => f.Code));
    }

    [Fact]
    public async Task Histories_Together_HoldEveryKind()
    {
        var kinds = new HashSet<string>();
        foreach (var kind in LedgerKinds)
        {
            kinds.UnionWith((await Histories.OfAsync(kind)).Entries.Select(e => EventCatalog.Of(e.Data).Kind));
        }

        Assert.Equal(EventCatalog.AllKinds.Order(), kinds.Order());
    }

    [Fact]
    public async Task Judge_HonestAgreement_MakesEveryDecisionAgain()
    {
        var history = await Histories.AgreementAsync();
        var judge = new LedgerJudge(history.Ledger, history.Documents, history.Library);
        for (var i = 0; i < history.Entries.Count; i++)
        {
            await judge.TakeAsync(i, EventEncoder.Encode(history.Entries[i]));
        }

        Assert.Equal(history.Entries.Count(e => !e.Decision.IsEmpty), judge.Decisions);
        Assert.Equal(0, judge.DecisionsLeftOut);
        Assert.Equal(["approvalRequired", "denied", "permitted"], history.Entries.Select(e => e.Data).OfType<TransferRequested>().Select(r => r.Status == "pendingApproval" ? "approvalRequired" : r.Status).Distinct().Order());
    }

    /// <summary>Every forgery at every entry that it can be done to: found there or before.</summary>
    [Theory]
    [MemberData(nameof(ForgeryNames))]
    public async Task Judge_ForgedEntry_IsFoundThere(string name)
    {
        var forgery = Forgeries.All.Single(f => f.Name == name);
        var tried = 0;
        foreach (var kind in LedgerKinds)
        {
            var history = await Histories.OfAsync(kind);
            for (var i = 0; i < history.Entries.Count; i++)
            {
                if (forgery.Change(history, i) is { } forged)
                {
                    tried++;
                    var findings = await JudgeAsync(history, [.. history.Entries.Take(i), forged, .. history.Entries.Skip(i + 1)], upTo: i + 1);
                    Assert.True(findings.Length > 0, $"'{name}' at entry {i} of {history.Ledger} ({EventCatalog.Of(forged.Data).Kind}) is not found.");
                    Assert.Equal((i, EventCatalog.Of(forged.Data).Kind), (findings[0].Index, findings[0].Kind));
                }
            }
        }

        Assert.True(tried > 0, $"'{name}' was never tried.");
    }

    /// <summary>Several forgeries at once, anywhere: nothing is found before the first, and something is found at it.</summary>
    [Theory]
    [MemberData(nameof(Ledgers))]
    public async Task Judge_AnyForgeries_NamesTheFirst(string kind)
    {
        var history = await Histories.OfAsync(kind);
        await Gen.Select(Gen.Int[0, Forgeries.All.Count - 1], Gen.Int[0, history.Entries.Count - 1]).Array[1, 4].SampleAsync(
            async choices =>
            {
                var entries = history.Entries.ToArray();
                var first = int.MaxValue;
                foreach (var (f, at) in choices)
                {
                    // Each to an entry that is still honest: two forgeries could undo each other.
                    if (ReferenceEquals(entries[at], history.Entries[at]) && Forgeries.All[f].Change(history, at) is { } forged)
                    {
                        entries[at] = forged;
                        first = Math.Min(first, at);
                    }
                }

                var findings = await JudgeAsync(history, entries);

                Assert.Equal(first == int.MaxValue ? null : first, findings.FirstOrDefault()?.Index);
            },
            iter: 300);
    }

    [Theory]
    [MemberData(nameof(Ledgers))]
    public async Task Judge_EntryRepeated_IsFoundUnlessItMayBe(string kind)
    {
        var history = await Histories.OfAsync(kind);
        for (var i = 0; i < history.Entries.Count; i++)
        {
            // A payload may be collected again, a document put again, a request given up again; none of them counts anything.
            var may = history.Entries[i].Data is PayloadReleased or IssuersPut or WitnessesPut or SchemePut or AgencyPut or TotalsAbandoned or TotalsReserved or RequestRefused or TransferExpired or AuditAccessed { Start: null }
                || history.Entries[i].Data is DataSetPut
                || (kind != "agreement" && history.Entries[i].Data is PublicationCompleted);

            // One entry more moves those behind it; what they say of sizes is then wrong too, further on.
            var findings = await JudgeAsync(history, [.. history.Entries.Take(i + 1), .. history.Entries.Skip(i)], upTo: i + 2);

            Assert.True(may != findings.Length > 0, $"Entry {i}, {EventCatalog.Of(history.Entries[i].Data).Kind}, repeated: {findings.Length} findings.");
        }
    }

    [Theory]
    [MemberData(nameof(Ledgers))]
    public async Task Judge_EntryLeftOut_IsFoundUnlessNothingRestsOnIt(string kind)
    {
        var history = await Histories.OfAsync(kind);
        var found = new List<int>();
        for (var i = 0; i < history.Entries.Count - 1; i++)
        {
            var findings = await JudgeAsync(history, Without(history, i));
            Assert.All(findings, f => Assert.True(f.Index >= i));
            if (findings.Length > 0)
            {
                found.Add(i);
            }
        }

        // What ends a transfer or an erasure has nothing behind it, and a repeated collection, a repeated document, a context of
        // which nothing came and a request given up leave no trace: that they are missing is seen only beside another copy, or
        // under a witness's checkpoint.
        var missed = Enumerable.Range(0, history.Entries.Count - 1).Except(found).Select(i => EventCatalog.Of(history.Entries[i].Data).Kind).Distinct().Order();
        string[] may = kind switch
        {
            "agreement" => ["context.agency", "context.country", "erasure.completed", "payload.deposited", "payload.released", "publication.completed", "totals.abandoned", "transfer.accepted", "transfer.expired", "transfer.refused", "transfer.stopped", "transfer.withdrawn"],
            "country" => ["agency.enrolled", "agreement.linked", "country.issuers.put", "country.key.revoked", "country.scheme.put", "country.witnesses.put", "publication.completed", "request.refused"],
            "access" => ["audit.accessed"],
            _ => ["dataset.put", "publication.completed", "totals.settled"],
        };
        Assert.True(may.ToHashSet().SetEquals(missed), $"Missed are: {string.Join(", ", missed)}.");
    }

    [Theory]
    [InlineData(AgreementScript.Exporter)]
    [InlineData(AgreementScript.Importer)]
    public async Task Judge_AgencysContextLeftOut_IsFoundAtTheFirstRequest(string agency)
    {
        var history = await Histories.AgreementAsync();
        var at = history.Entries.ToList().FindIndex(e => e.Data is AgencyContextTaken { Context.Agency: var told } && told == agency);

        var entries = Without(history, at);
        var findings = await JudgeAsync(history, entries);

        Assert.Equal((entries.ToList().FindIndex(e => e.Data is TransferRequested), JudgeCodes.ContextMissing), ((int)findings[0].Index!, findings[0].Code));
    }

    [Fact]
    public async Task Finish_KeyRevokedSinceBefore_NamesWhatItSignedOnTheCountrysLedger()
    {
        var history = await Histories.CountryAsync();
        var entries = history.Entries.ToArray();
        var at = Array.FindLastIndex(entries, e => e.Data is CountryKeyRevoked);
        var revoked = (CountryKeyRevoked)entries[at].Data;
        var signed = Enumerable.Range(0, at).Where(i => entries[i].Data is RulePackApproved { Signature: not null } or CountryKeyRegistered { Signature: not null }).ToArray();
        Assert.Equal(2, signed.Length);

        // Honest: since the moment of the revocation. Then as of the first signature, and just behind it.
        foreach (var (since, expected) in new[] { (entries[signed[0]].At, signed), (entries[signed[0]].At.AddSeconds(1), signed[1..]) })
        {
            entries[at] = history.Entries[at] with { Data = revoked with { Since = since } };
            var findings = await JudgeAsync(history, entries);

            Assert.Equal(expected.Select(i => (i, JudgeCodes.SignatureDistrusted)), findings.Select(f => ((int)f.Index!, f.Code)));
        }
    }

    [Fact]
    public async Task Finish_KeyRevokedSinceBefore_NamesWhatItSignedOnTheAgreementsLedger()
    {
        var history = await Histories.AgreementAsync();
        var at = history.Entries.ToList().FindLastIndex(e => e.Data is CountryContextTaken { Context.Country: "CN" });
        var context = ((CountryContextTaken)history.Entries[at].Data).Context;
        int[] acts = [.. Enumerable.Range(0, at).Where(i => history.Entries[i].Data is AgreementActed { Signature: not null })];
        Assert.Equal(["agreement.signed", "agreement.suspended", "agreement.resumed"], acts.Select(i => EventCatalog.Of(history.Entries[i].Data).Kind));
        var told = history.Entries[at] with
        {
            Data = new CountryContextTaken(context with { Keys = [context.Keys!.Value[0] with { RevokedAt = history.Entries[acts[1]].At }] }),
        };

        var findings = await JudgeAsync(history, [.. history.Entries.Take(at), told]);

        Assert.Equal(acts[1..].Select(i => (i, JudgeCodes.SignatureDistrusted)), findings.Select(f => ((int)f.Index!, f.Code)));
    }

    [Fact]
    public async Task Judge_TwoEntriesOfOneTransferExchanged_IsFound()
    {
        var history = await Histories.AgreementAsync();
        for (var i = 0; i + 1 < history.Entries.Count; i++)
        {
            var (a, b) = (history.Entries[i], history.Entries[i + 1]);
            var related = (a.Transfer == b.Transfer && a.Transfer is not null && a.Data.GetType() != b.Data.GetType()) || (a.Data is TransferRequested && b.Data is TransferRequested) || (a.Data is AgreementActed && b.Data is AgreementActed);
            if (related)
            {
                // Each at the other's time, so that the clock does not tell.
                var findings = await JudgeAsync(history, [.. history.Entries.Take(i), b with { At = a.At }, a with { At = b.At }, .. history.Entries.Skip(i + 2)]);

                Assert.NotEmpty(findings);
                Assert.InRange(findings[0].Index!.Value, i, i + 1);
            }
        }
    }

    [Theory]
    [InlineData("\"kind\":\"agreement.signed\"", "\"kind\":\"agreement.sealed\"", JudgeCodes.UnknownKind)]
    [InlineData("\"kind\":\"agreement.signed\"", "\"kind\":\"agency.put\"", JudgeCodes.MalformedEntry)]
    [InlineData("\"kind\":\"agreement.signed\"", "\"extra\":1,\"kind\":\"agreement.signed\"", JudgeCodes.MalformedEntry)]
    [InlineData("\"country\":\"KZ\"},\"kind\"", "\"country\":\"KZ\",\"extra\":1},\"kind\"", JudgeCodes.MalformedEntry)]
    [InlineData("\"v\":1", "\"v\":2", JudgeCodes.MalformedEntry)]
    [InlineData("\"parties\":[\"CN\",\"KZ\"]", "\"parties\":null", JudgeCodes.MalformedEntry)]
    [InlineData("\"parties\":[\"CN\",\"KZ\"]", "\"parties\":[null]", JudgeCodes.MalformedEntry)]
    [InlineData("\"data\":{", "\"data\":null,\"dada\":{", JudgeCodes.MalformedEntry)]
    public async Task Judge_EntryOfAnotherForm_IsAFindingAndNoCrash(string from, string to, string code)
    {
        var history = await Histories.AgreementAsync();
        var bodies = history.Entries.Select(EventEncoder.Encode).ToArray();
        var at = history.Entries.ToList().FindIndex(e => e.Data is AgreementSigned { Signature: null });
        var text = Encoding.UTF8.GetString(bodies[at]);
        Assert.Contains(from, text, StringComparison.Ordinal);
        bodies[at] = Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));

        var judge = new LedgerJudge(history.Ledger, history.Documents, history.Library);
        for (var i = 0; i < bodies.Length; i++)
        {
            await judge.TakeAsync(i, bodies[i]);
        }

        Assert.Equal((at, code), ((int)judge.Findings[0].Index!.Value, judge.Findings[0].Code));
    }

    [Fact]
    public async Task Judge_AnyMemberTakenOut_NeverCrashes()
    {
        var history = await Histories.AgreementAsync();
        for (var i = 0; i < history.Entries.Count; i++)
        {
            var entry = System.Text.Json.Nodes.JsonNode.Parse(EventEncoder.Encode(history.Entries[i]))!;
            foreach (var member in entry["data"]!.AsObject().Select(m => m.Key).ToArray())
            {
                var cut = entry.DeepClone();
                cut["data"]!.AsObject().Remove(member);
                var judge = new LedgerJudge(history.Ledger, history.Documents, history.Library);
                for (var j = 0; j < history.Entries.Count; j++)
                {
                    await judge.TakeAsync(j, j == i ? Encoding.UTF8.GetBytes(cut.ToJsonString()) : EventEncoder.Encode(history.Entries[j]));
                }

                Assert.All(judge.Findings, f => Assert.True(f.Index >= i));
            }
        }
    }

    [Fact]
    public async Task Judge_MissingDocument_IsOneFindingAndLeavesDecisionsOut()
    {
        var history = await Histories.AgreementAsync();
        var judge = new LedgerJudge(history.Ledger, new InMemoryDocumentStore());
        for (var i = 0; i < history.Entries.Count; i++)
        {
            await judge.TakeAsync(i, EventEncoder.Encode(history.Entries[i]));
        }

        Assert.All(judge.Findings, f => Assert.Equal(JudgeCodes.DocumentMissing, f.Code));
        Assert.Equal(0, judge.Decisions);
        Assert.True(judge.DecisionsLeftOut > 0);
    }

    /// <summary>The tree of a forged history is in order: only what the entries say gives it away.</summary>
    [Fact]
    public async Task Verify_ForgedHistoryWithItsOwnTree_IsFoundByTheJudgeAlone()
    {
        var history = await Histories.AgreementAsync();
        var at = history.Entries.ToList().FindIndex(e => e.Data is TransferApproved);
        LedgerEvent[] forged = [.. history.Entries.Take(at), .. history.Entries.Skip(at + 1)];
        var ledger = await LedgerCopy.OfAsync(history.Ledger, forged.Select(e => (ReadOnlyMemory<byte>)EventEncoder.Encode(e)));
        var judge = new LedgerJudge(history.Ledger, history.Documents, history.Library);

        var report = await new SourceVerifier(ledger, new SourceVerification()).VerifyAsync(new JudgingReader(judge), TestContext.Current.CancellationToken);

        Assert.True(report.Ok);
        Assert.Equal((at, "payload.deposited", JudgeCodes.WrongState), ((int)judge.Findings[0].Index!, judge.Findings[0].Kind, judge.Findings[0].Code));
    }

    /// <summary>The history without one entry, and nothing behind it that gives away by its numbers that it moved.</summary>
    private static LedgerEvent[] Without(History history, int at)
    {
        long Moved(long index) => index > at ? index - 1 : index;
        return [.. history.Entries.Where((_, i) => i != at).Select(e => e with
        {
            Data = e.Data switch
            {
                PublicationCompleted d => d with { AsOf = Moved(d.AsOf) },
                ErasureCompleted d => d with { Erasure = Moved(d.Erasure) },
                TransferErased { Closed: { } closed } d => d with { Closed = Moved(closed) },
                AuditAccessed { Start: { } start } d => d with { Start = Moved(start) },
                var d => d,
            },
        })];
    }

    private static async Task<ImmutableArray<LedgerFinding>> JudgeAsync(History history, IReadOnlyList<LedgerEvent> entries, int? upTo = null)
    {
        var judge = new LedgerJudge(history.Ledger, history.Documents, history.Library);
        for (var i = 0; i < (upTo ?? entries.Count); i++)
        {
            await judge.TakeAsync(i, EventEncoder.Encode(entries[i]));
        }

        judge.Finish();
        return judge.Findings;
    }
}
