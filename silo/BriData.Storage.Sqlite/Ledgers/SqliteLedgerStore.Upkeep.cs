using System.Runtime.CompilerServices;
using BriData.Ledger.Storage;

namespace BriData.Storage.Sqlite.Ledgers;

/// <content>Looking after the file.</content>
public sealed partial class SqliteLedgerStore
{
    private static readonly Func<LedgerRowCheck, long, RowPage>[] Walks =
    [
        static (rows, after) => rows.Entries(after),
        static (rows, after) => rows.Sidecars(after),
        static (rows, after) => rows.Tiles(after),
        static (rows, after) => rows.Documents(after),
    ];

    /// <inheritdoc/>
    public async IAsyncEnumerable<LedgerDamage> CheckAsync(
        Func<int, CancellationToken, ValueTask> pace, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pace);
        foreach (var known in File.Heads.Damages())
        {
            yield return known;
        }

        foreach (var walk in Walks)
        {
            RowPage page;
            for (var after = long.MinValue; (page = Next(walk, after)).Rows > 0; after = page.Last)
            {
                foreach (var damage in page.Damages)
                {
                    yield return damage;
                }

                await pace(page.Rows, cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
            }

            foreach (var damage in page.Damages)
            {
                yield return damage;
            }
        }

        // In one go: SQLite knows no way to do this in pieces. Whose pages they are it does not say either.
        if (await Task.Run(Structure, cancellationToken) is { } finding)
        {
            yield return new LedgerDamage(default, finding);
        }
    }

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

    private string? Structure()
    {
        try
        {
            return File.Read(default, 0, static (reader, _) => reader.QuickCheck());
        }
        catch (LedgerStoreException error) when (error.Reason == LedgerStoreFailure.Corrupt)
        {
            return error.Message;
        }
    }
}
