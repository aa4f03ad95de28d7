using BriData.Ledger.Audit;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Ledgers;
using Microsoft.Data.Sqlite;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>The one place where what goes wrong with an index file becomes the index's refusal.</summary>
internal static class AuditFailures
{
    /// <exception cref="AuditIndexException">The storage refused, or the index does not hold what it says it does.</exception>
    public static T Translate<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error)
        {
            // Of the commit too: what became of it is read from the file before the next one.
            var reason = SqliteFailures.BeforeCommit(error);
            throw new AuditIndexException(reason, $"The audit index refuses: {error.Message}", error);
        }
        catch (InvalidDataException error)
        {
            throw new AuditIndexException(LedgerStoreFailure.Corrupt, error.Message, error);
        }
    }

    /// <inheritdoc cref="Translate{T}(Func{T})"/>
    public static void Translate(Action work) => Translate(() =>
    {
        work();
        return true;
    });
}
