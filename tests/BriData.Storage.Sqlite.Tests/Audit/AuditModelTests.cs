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
    private static readonly Gen<string?> Country = Gen.OneOf<string?>(null, "CN", "KZ", "UZ", "US");
    private static readonly Gen<string?> Word = Gen.OneOf<string?>(null, "a", "ab", "a-b", "b", "x", "12x", "ä Ab", "*", "\"a\" OR b");
    private static readonly Gen<string?> Name = Gen.OneOf<string?>(null, "s:r1", "s:r2", "t:r1", "r1");

    private static readonly Gen<AuditRecord> Record =
        from minute in Gen.Int[0, 4]
        from parties in Gen.OneOf("CN", "KZ", "UZ").Array[1, 3]
        from rules in Gen.OneOf("s:r1", "s:r2", "t:r1", "r1").Array[0, 3]
        from name in Name
        from outcome in Name
        from text in Gen.OneOf("", "a b", "AB a", "a-b c", "x 12x", "Ä ab", "b, a").Array[0, 3]
        select AuditSamples.Record(LedgerSamples.SampleLedger, 0, minute) with
        {
            Parties = [.. parties.Distinct().Order(StringComparer.Ordinal)],
            Rules = [.. rules],
            Agreement = name,
            Outcome = outcome,
            Agencies = name is null ? [] : [name],
            Officer = outcome,
            Text = string.Join(' ', text),
        };

    private static readonly Gen<AuditQuery> Query =
        from visible in Gen.OneOf("CN", "KZ", "UZ", "US")
        from country in Country
        from rule in Name
        from agreement in Name
        from outcome in Name
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
            Text = text,
            From = hours == 0 ? null : AuditSamples.Start.AddMinutes(hours - 1),
            To = hours < 3 ? null : AuditSamples.Start.AddMinutes(hours),
            Limit = limit,
        };

    [Fact]
    public async Task Search_AnyRecordsAnyQueries_PagesLikeTheModel()
    {
        var samples = Gen.Select(Record.Array[0, 40], Gen.Int[1, 3].Array[40], Query.Array[30]);
        await samples.SampleAsync(
            async (records, ledgers, queries) =>
            {
                using var root = new TestDirectory();
                using var directory = new StorageDirectory(root.FullPath);
                using var index = new SqliteAuditIndex(directory, Options.Create(new SqliteStorageOptions()));
                var model = new InMemoryAuditIndex();
                var numbered = Number(records, ledgers);
                await index.ApplyAsync(numbered);
                await model.ApplyAsync(numbered);
                foreach (var query in queries)
                {
                    Assert.Equal(await AllAsync(model, query), await AllAsync(index, query));
                }
            },
            iter: 25,
            threads: 1);
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
