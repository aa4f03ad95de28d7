using System.Runtime.CompilerServices;
using BriData.Ledger.Storage;

namespace BriData.Storage.Sqlite.Ledgers;

/// <content>Looking after the file.</content>
public sealed partial class SqliteLedgerStore
{
    private static readonly (string Table, Func<LedgerRowCheck, long, RowPage> Walk)[] Walks =
    [
        ("entries", static (rows, after) => rows.Entries(after)),
        ("sidecars", static (rows, after) => rows.Sidecars(after)),
        ("tiles", static (rows, after) => rows.Tiles(after)),
        ("documents", static (rows, after) => rows.Documents(after)),
    ];

    /// <summary>Tables with few rows, which are read at every opening.</summary>
    private static readonly string[] Others = ["sqlite_schema", "ledgers", "heads", "fence"];

    /// <inheritdoc/>
    public async IAsyncEnumerable<LedgerDamage> CheckAsync(
        Func<int, CancellationToken, ValueTask> pace, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pace);
        foreach (var known in File.Heads.Damages())
        {
            yield return known;
        }

        foreach (var (table, walk) in Walks)
        {
            RowPage page;
            var rows = 0;
            for (var after = long.MinValue; (page = Next(walk, after)).Rows > 0; after = page.Last)
            {
                foreach (var damage in page.Damages)
                {
                    yield return damage;
                }

                rows += page.Rows;
                await pace(page.Rows, cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
            }

            foreach (var damage in page.Damages)
            {
                yield return damage;
            }

            // A table in one go, for SQLite knows no smaller pieces; the pause that its rows are worth comes after.
            if (await Task.Run(() => Structure(table, cancellationToken), cancellationToken) is { } finding)
            {
                yield return new LedgerDamage(default, finding);
            }

            await pace(rows, cancellationToken);
        }

        foreach (var table in Others)
        {
            if (await Task.Run(() => Structure(table, cancellationToken), cancellationToken) is { } finding)
            {
                yield return new LedgerDamage(default, finding);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<LedgerDamage> KnownDamage() => File.Heads.Damages();

    /// <inheritdoc/>
    public void Close(LedgerId ledger, string what) => File.MarkDamaged(ledger, what);

    // A page that cannot be read ends the walk through its table.
    private RowPage Next(Func<LedgerRowCheck, long, RowPage> walk, long after)
    {
        try
        {
            var page = File.Read(default, (walk, after), static (reader, s) => s.walk(reader.Rows, s.after));

            // Row numbers that do not rise would have the walk go in circles.
            return page.Rows == 0 || page.Last > after ? page : new RowPage(after, 0, [.. page.Damages, new LedgerDamage(default, "Rows do not lie in their order.")]);
        }
        catch (LedgerStoreException error) when (error.Reason == LedgerStoreFailure.Corrupt)
        {
            return new RowPage(after, 0, [new LedgerDamage(default, error.Message)]);
        }
    }

    // Whose pages they are SQLite does not say.
    private string? Structure(string table, CancellationToken cancellationToken)
    {
        try
        {
            return File.Read(default, (table, cancellationToken), static (reader, s) => reader.QuickCheck(s.table, s.cancellationToken));
        }
        catch (LedgerStoreException error) when (error.Reason == LedgerStoreFailure.Corrupt)
        {
            return error.Message;
        }
    }
}
