using BriData.Ledger.Storage;
using Microsoft.Data.Sqlite;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>Writes a group of requests in one transaction. Belongs to the writer thread.</summary>
internal sealed class GroupCommit(LedgerTables tables, LedgerHeads heads, LedgerMark mark) : IDisposable
{
    private readonly LedgerTransaction _transaction = new(tables, heads, mark);

    /// <summary>
    /// Commits the group. Requests that were refused for their own sake have their <see cref="WriteRequest.Refusal"/>;
    /// a returned failure concerns all others.
    /// </summary>
    public RequestRefusal? Run(List<WriteRequest> group)
    {
        var committing = false;
        try
        {
            do
            {
                _transaction.Begin();
            }
            while (!WriteAll(group));

            committing = true;
            tables.Commit();
            committing = false;
            _transaction.Publish();
            return null;
        }
        catch (SqliteException error)
        {
            var reason = committing ? SqliteFailures.DuringCommit(error) : SqliteFailures.BeforeCommit(error);
            return Abandon(reason, error);
        }
#pragma warning disable CA1031 // The writer outlives a defect: it fails the group, not the process.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Abandon(committing ? LedgerStoreFailure.OutcomeUnknown : LedgerStoreFailure.Unavailable, error);
        }
    }

    /// <inheritdoc cref="Database.SqliteDatabase.AfterCommit"/>
    public void AfterCommit() => tables.AfterCommit();

    public void Dispose()
    {
        tables.Dispose();
        mark.Dispose();
    }

    /// <summary>False when a request failed by itself: it is excluded, and the group starts over without it.</summary>
    private bool WriteAll(List<WriteRequest> group)
    {
        foreach (var request in group)
        {
            if (request.IsExcluded)
            {
                continue;
            }

            try
            {
                request.Write(_transaction);
            }
            catch (SqliteException error) when (SqliteFailures.ConcernsOneRequest(error))
            {
                _transaction.Rollback();
                var reason = SqliteFailures.BeforeCommit(error);
                Exclude(request, new RequestRefusal(reason, SqliteFailures.Describe(reason), error));
                return false;
            }
            catch (LedgerStoreException error)
            {
                _transaction.Rollback();
                Exclude(request, new RequestRefusal(error.Reason, error.Message));
                return false;
            }
        }

        return true;
    }

    private void Exclude(WriteRequest request, RequestRefusal refusal)
    {
        if (refusal.Reason == LedgerStoreFailure.Corrupt && request.Ledger != default)
        {
            heads.MarkDamaged(request.Ledger, refusal.Message);
        }

        request.Exclude(refusal);
    }

    private RequestRefusal Abandon(LedgerStoreFailure reason, Exception error)
    {
        // A rollback that fails leaves the transaction open: it cannot be committed by accident, for the next BEGIN
        // fails, and its group then comes here again.
        if (TryRollback() && reason == LedgerStoreFailure.OutcomeUnknown && TryFence())
        {
            reason = LedgerStoreFailure.Unavailable;
        }

        return new RequestRefusal(reason, SqliteFailures.Describe(reason), error);
    }

    private bool TryRollback()
    {
        try
        {
            _transaction.Rollback();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    // A commit that failed half-way is not visible here, yet a restart could find its record in the log and bring it
    // back. Any later commit overwrites that record. So if one succeeds at once, nothing was written, for certain.
    private bool TryFence()
    {
        try
        {
            tables.Begin();
            tables.RaiseFence();
            tables.Commit();
            return true;
        }
        catch (SqliteException)
        {
            _ = TryRollback();
            return false;
        }
    }
}
