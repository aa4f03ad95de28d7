using BriData.Entries.Agencies;
using BriData.Entries.Events;
using BriData.Entries.Visibility;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;

namespace BriData.Grains.Audit;

/// <summary>
/// Finds and shows entries, each as the reader may see it: an auditor whole, a regulator without other countries' fields.
/// What a regulator does not see is not found either, with the same work as if it had never been there (I10).
/// </summary>
internal sealed class AuditReader(IAuditIndex index, ILedgerStore store)
{
    /// <summary>Pages of the index that one page of a regulator's search looks through at most.</summary>
    private const int MaxPasses = 20;

    private const int MaxGap = 16;
    private const int ReservedPage = 500;

    private static readonly TimeSpan ReservedBefore = TimeSpan.FromMinutes(10);

    /// <summary>True for one who sees only the own side's fields of what the country shares with others.</summary>
    public static bool IsLimited(CallerIdentity who) => !who.Roles.HasFlag(CallerRoles.Auditor);

    /// <summary>
    /// One page. A regulator's page may have fewer items than asked for and still a cursor, where a condition is on fields
    /// that the other side may hide.
    /// </summary>
    /// <exception cref="FormatException">The cursor is not one that this index gave out.</exception>
    public async Task<AuditPage> SearchAsync(CallerIdentity who, AuditQuery query, CancellationToken cancellationToken)
    {
        if (!IsLimited(who))
        {
            return await index.SearchAsync(query, cancellationToken);
        }

        var (items, next) = await FindLimitedAsync(who, query, cancellationToken);
        return new AuditPage([.. items.Select(i => i.Record)], next);
    }

    /// <summary>Likewise, with the entries.</summary>
    public async Task<(IReadOnlyList<ShownEntry> Items, string? Next)> FindAsync(CallerIdentity who, AuditQuery query, CancellationToken cancellationToken)
    {
        if (IsLimited(who))
        {
            return await FindLimitedAsync(who, query, cancellationToken);
        }

        var page = await index.SearchAsync(query, cancellationToken);
        return (await ShowAsync(who, page.Items), page.Next);
    }

    /// <summary>Ledgers in which something may be found: at least those of the entries that <see cref="FindAsync"/> gives.</summary>
    public async Task<IReadOnlySet<LedgerId>> LedgersAsync(CallerIdentity who, AuditQuery query, CancellationToken cancellationToken)
    {
        var ledgers = new HashSet<LedgerId>();
        var common = IsLimited(who) ? Common(query) : query;
        for (var cursor = common.Cursor; ;)
        {
            var page = await index.SearchAsync(common with { Cursor = cursor }, cancellationToken);
            ledgers.UnionWith(page.Items.Select(r => r.Ledger));
            if ((cursor = page.Next) is null)
            {
                return ledgers;
            }
        }
    }

    // The index knows the hidden fields too, so for a regulator it is asked about the others only.
    private static AuditQuery Common(AuditQuery query) => query with { Agency = null, Rule = null, Officer = null, Text = null };

    private async Task<(IReadOnlyList<ShownEntry> Items, string? Next)> FindLimitedAsync(CallerIdentity who, AuditQuery query, CancellationToken cancellationToken)
    {
        var common = Common(query);
        var all = common == query;
        var found = new List<ShownEntry>(query.Limit);
        var cursor = query.Cursor;
        for (var pass = 1; ; pass++)
        {
            var page = await index.SearchAsync(common with { Limit = query.Limit - found.Count, Cursor = cursor }, cancellationToken);
            found.AddRange((await ShowAsync(who, page.Items)).Where(s => all || query.Matches(s.Record)));
            cursor = page.Next;
            if (cursor is null || all || found.Count * 2 > query.Limit || pass == MaxPasses)
            {
                return (found, cursor);
            }
        }
    }

    /// <summary>Every entry of one transfer that the reader's country is a party to, oldest first.</summary>
    public async Task<IReadOnlyList<ShownEntry>> TrailAsync(CallerIdentity who, string transfer)
    {
        var shown = await ShowAsync(who, await index.GetTrailAsync(transfer, who.Country));
        var reserved = await ReservedAsync(who, shown);
        return [.. shown.Concat(reserved).OrderBy(s => s.Record.At).ThenBy(s => s.Record.Ledger.Value, StringComparer.Ordinal).ThenBy(s => s.Record.Index)];
    }

    /// <summary>Reads the entries of records, in their order.</summary>
    /// <exception cref="LedgerStoreException">An entry cannot be read.</exception>
    public async Task<IReadOnlyList<ShownEntry>> ShowAsync(CallerIdentity who, IReadOnlyList<AuditRecord> records)
    {
        var stored = await ReadAsync(records);
        var shown = new List<ShownEntry>(records.Count);
        foreach (var record in records)
        {
            shown.Add(Show(who, record, stored[(record.Ledger, record.Index)]));
        }

        return shown;
    }

    private static ShownEntry Show(CallerIdentity who, AuditRecord record, StoredEntry stored)
    {
        // Ledgers of one country hold its own fields only.
        if (!IsLimited(who) || record.Ledger.Kind != "agreement")
        {
            return new ShownEntry(record, stored, null);
        }

        var limited = EntryLimiter.Limit(stored.Body, who.Country);
        return new ShownEntry(AuditProjection.Read(record.Ledger, stored with { Body = limited.Entry.Utf8 }), stored, limited);
    }

    /// <summary>Each entry once, with one read for those that stand close together.</summary>
    private async Task<Dictionary<(LedgerId Ledger, long Index), StoredEntry>> ReadAsync(IEnumerable<AuditRecord> records)
    {
        var entries = new Dictionary<(LedgerId, long), StoredEntry>();
        foreach (var ledger in records.GroupBy(r => r.Ledger))
        {
            var indexes = ledger.Select(r => r.Index).Distinct().Order().ToArray();
            for (var first = 0; first < indexes.Length;)
            {
                var last = first;
                while (last + 1 < indexes.Length && indexes[last + 1] - indexes[last] <= MaxGap)
                {
                    last++;
                }

                await foreach (var entry in store.ReadAsync(ledger.Key, indexes[first], indexes[last] + 1))
                {
                    entries[(ledger.Key, entry.Index)] = entry;
                }

                first = last + 1;
            }

            var missing = Array.FindIndex(indexes, i => !entries.ContainsKey((ledger.Key, i)));
            if (missing >= 0)
            {
                throw new LedgerStoreException(ledger.Key, LedgerStoreFailure.Corrupt, $"Entry {indexes[missing]} is indexed and cannot be read.");
            }
        }

        return entries;
    }

    /// <summary>
    /// The reservations of persons that settlements in the trail are about. A reservation is made before the transfer has a
    /// number, so only its name ties it to the settlement; it stands shortly before the request.
    /// </summary>
    private async Task<IReadOnlyList<ShownEntry>> ReservedAsync(CallerIdentity who, IReadOnlyList<ShownEntry> trail)
    {
        var found = new List<ShownEntry>();
        foreach (var settled in trail.Where(s => s.Record.Kind == "totals.settled"))
        {
            var name = ((TotalsSettled)EventDecoder.Decode(settled.Stored.Body).Data).Reservation;
            var requested = trail.FirstOrDefault(s => s.Record.Kind == "transfer.requested")?.Record.At ?? settled.Record.At;
            var query = new AuditQuery
            {
                VisibleTo = who.Country,
                Agreement = settled.Record.Agreement,
                Agency = AgencyOf(settled.Record.Ledger),
                Kind = "totals.reserved",
                From = requested - ReservedBefore,
                To = requested.AddMilliseconds(1),
                Limit = ReservedPage,
            };
            for (string? cursor = null; ;)
            {
                var page = await index.SearchAsync(query with { Cursor = cursor });
                var candidates = page.Items.Where(r => r.Ledger == settled.Record.Ledger && r.Index < settled.Record.Index).ToList();
                var named = (await ShowAsync(who, candidates)).Where(s => ((TotalsReserved)EventDecoder.Decode(s.Stored.Body).Data).Reservation == name).ToList();
                found.AddRange(named);
                if (named.Count > 0 || (cursor = page.Next) is null)
                {
                    break;
                }
            }
        }

        return found;
    }

    private static string AgencyOf(LedgerId ledger) => ledger.Name.Replace('.', '/');
}
