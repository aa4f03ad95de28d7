using BriData.Ledger.Audit;
using BriData.Storage.Sqlite.Audit;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;
using CsCheck;
using Microsoft.Extensions.Options;

namespace BriData.Storage.Sqlite.Tests.Audit;

/// <summary>Whatever is stored and asked, the index answers as the one that reads everything does.</summary>
public sealed class AuditModelTests
{
    private const int Many = 16_000;

    private static readonly Gen<string?> Country = Gen.OneOf<string?>(null, "CN", "KZ", "UZ", "US");
    private static readonly Gen<string?> Word = Gen.OneOf<string?>(null, "a", "ab", "a-b", "b", "x", "12x", "ä Ab", "b-a", "a-b-a", "a-c-b", "*", "\"a\" OR b");
    private static readonly Gen<string?> Name = Gen.OneOf<string?>(null, "s:r1", "s:r2", "t:r1", "r1", "");

    private static readonly Gen<AuditRecord> Record =
        from minute in Gen.Int[0, 4]
        from parties in Gen.OneOf("CN", "KZ", "UZ").Array[1, 3]
        from rules in Gen.OneOf("s:r1", "s:r2", "t:r1", "r1").Array[0, 3]
        from name in Name
        from outcome in Name
        from kind in Gen.OneOf("k1", "k2")
        from transfer in Gen.OneOf<string?>(null, "a:1", "a:12")
        from text in Gen.OneOf("", "a b", "AB a", "a-b c", "x 12x", "Ä ab", "b, a").Array[0, 3]
        select AuditSamples.Record(LedgerSamples.SampleLedger, 0, minute) with
        {
            Parties = [.. parties.Distinct().Order(StringComparer.Ordinal)],
            Rules = [.. rules],
            Agreement = name,
            Outcome = outcome,
            Agencies = name is null ? [] : [name],
            Officer = outcome,
            Kind = kind,
            Transfer = transfer,
            Obligations = outcome is null ? [] : [outcome, $"{outcome}+"],
            Text = string.Join(' ', text),
        };

    private static readonly Gen<AuditQuery> Query =
        from visible in Gen.OneOf("CN", "KZ", "UZ", "US")
        from country in Country
        from rule in Name
        from agreement in Name
        from outcome in Name
        from obligation in Gen.OneOf<string?>(null, null, null, "s:r1", "r1+")
        from officer in Gen.OneOf<string?>(null, null, null, "s:r1", "r1")
        from kind in Gen.OneOf<string?>(null, null, "k1", "k2", "k")
        from transfer in Gen.OneOf<string?>(null, null, null, "a:1", "a:12", "a")
        from text in Word
        from hours in Gen.Int[0, 4]
        from limit in Gen.Int[1, 6]
        select new AuditQuery
        {
            VisibleTo = visible,
            Country = country,
            Rule = rule,
            Agreement = agreement,
            Outcome = outcome,
            Obligation = obligation,
            Officer = officer,
            Kind = kind,
            Transfer = transfer,
            Text = text,
            From = hours == 0 ? null : AuditSamples.Start.AddMinutes(hours - 1),
            To = hours < 3 ? null : AuditSamples.Start.AddMinutes(hours),
            Limit = limit,
        };

    [Fact]
    public async Task Search_AnyRecordsAnyQueries_PagesLikeTheModel()
    {
        var samples = Gen.Select(Record.Array[0, 150], Gen.Int[1, 3].Array[150], Query.Array[30]);
        await samples.SampleAsync(
            async (records, ledgers, queries) =>
            {
                using var root = new TestDirectory();
                using var directory = new StorageDirectory(root.FullPath);
                using var index = new SqliteAuditIndex(directory, Options.Create(new SqliteStorageOptions()));
                var model = new InMemoryAuditIndex();
                var numbered = Number(records, ledgers);
                foreach (var batch in numbered.Chunk(23))
                {
                    await index.ApplyAsync(batch);
                }

                await model.ApplyAsync(numbered);
                foreach (var query in queries)
                {
                    Assert.Equal(await AllAsync(model, query), await AllAsync(index, query));
                }
            },
            iter: 25,
            threads: 1);
    }

    [Fact]
    public async Task Search_ManySheets_PagesLikeTheModel()
    {
        // Of one ledger and audience more than two sheets, beside others, mostly in order, now and then with a clock set.
        var samples = Gen.Select(Record.Array[Many], Gen.Int[0, 4].Array[Many], Gen.Int[0, 3000].Array[Many], Query.Array[40]);
        await samples.SampleAsync(
            async (records, ledgers, steps, queries) =>
            {
                using var root = new TestDirectory();
                using var directory = new StorageDirectory(root.FullPath);
                using var index = new SqliteAuditIndex(directory, Options.Create(new SqliteStorageOptions()));
                var model = new InMemoryAuditIndex();
                var times = Times(steps);
                var numbered = Number([.. records.Select((r, i) => r with { At = times[i], Parties = r.Parties.Length > 1 ? ["CN", "KZ"] : r.Parties })], [.. ledgers.Select(static n => n == 0 ? 2 : 1)]);
                foreach (var batch in numbered.Chunk(1777))
                {
                    await index.ApplyAsync(batch);
                    await model.ApplyAsync(batch);
                }

                foreach (var query in queries.Select(static q => q with { Limit = 97 * q.Limit % 500, Rule = null }))
                {
                    Assert.Equal(await AllAsync(model, query), await AllAsync(index, query));
                }
            },
            iter: 1,
            threads: 1);
    }

    private static DateTimeOffset[] Times(int[] steps)
    {
        var times = new DateTimeOffset[steps.Length];
        var clock = AuditSamples.Start;
        for (var i = 0; i < steps.Length; i++)
        {
            clock += steps[i] switch { 0 => TimeSpan.FromMinutes(3), 1 => TimeSpan.FromMinutes(-3), var step => TimeSpan.FromMilliseconds(step % 40) };
            times[i] = clock;
        }

        return times;
    }

    private static AuditRecord[] Number(AuditRecord[] records, int[] ledgers)
    {
        var next = new long[4];
        return [.. records.Select((record, i) => record with { Ledger = LedgerSamples.Numbered(ledgers[i]), Index = next[ledgers[i]]++ })];
    }

    private static async Task<List<(string, long)>> AllAsync(IAuditIndex index, AuditQuery query)
    {
        var all = new List<(string, long)>();
        string? cursor = null;
        do
        {
            var page = await index.SearchAsync(query with { Cursor = cursor });
            all.AddRange(page.Items.Select(r => (r.Ledger.Value, r.Index)));
            cursor = page.Next;
        }
        while (cursor is not null);

        return all;
    }
}
