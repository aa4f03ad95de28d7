using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BriData.Storage.Sqlite.Database;

/// <summary>
/// Writes the log of one database back into its file on a thread and a connection of its own, and flushes it there, so that
/// commits need not wait. Only the end is left to the thread that commits: for the log to start over, nothing may be added
/// to it, and that thread alone can wait for itself without being refused.
/// </summary>
internal sealed class WalCheckpointer(SqliteDatabase writer, Func<SqliteDatabase> open, WalLimits limits, ILogger logger, Action? failed) : IDisposable
{
    private readonly SerialWorker _worker = new("bridata-log");
    private SqliteDatabase? _own;
    private Task<bool>? _pass;
    private int _frames;
    private int _due = limits.Begin;
    private int _most = limits.Most;
    private bool _failing;
    private bool _stopped;

    /// <summary>
    /// Looks how long the log is and has done what is due. Called on the thread that commits, after each commit. Does not
    /// throw: what is committed stays so, and what could not be written back stays in the log.
    /// </summary>
    public void AfterCommit()
    {
        try
        {
            if (!_stopped)
            {
                Look();
            }
        }
#pragma warning disable CA1031 // Whatever it is: it concerns no commit.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Failed(error);
        }
    }

    /// <summary>Lets what is under way end, and closes the connection. The writer's must be open still: the last to close folds the log into the file.</summary>
    public void Dispose()
    {
        _worker.Dispose();
        EndPass();
        _own?.Dispose();
    }

    private void Look()
    {
        var log = writer.Log();
        var added = log.Frames < _frames ? log.Frames : log.Frames - _frames;
        _frames = log.Frames;
        if (log.Frames < limits.Begin)
        {
            (_due, _most) = (limits.Begin, limits.Most);
            return;
        }

        if (log.Frames >= _most)
        {
            // Readers may be what holds it up, so that each look would be in vain.
            _most = log.Frames + limits.Begin;
            EndPass();
            StartOver();
        }

        // Whoever commits much at a time never leaves little; two commits' worth is no long wait for such a one.
        else if (_pass is { IsCompleted: true } && EndPass() && writer.Log().Rest <= limits.Step + (2 * added))
        {
            StartOver();
        }

        if (_pass is null && log.Frames >= _due && !_stopped)
        {
            _due = log.Frames + limits.Step;
            _pass = _worker.RunAsync(Pass);
        }
    }

    /// <summary>Writes the rest back and waits a little for those who read from the log, so that the next commit begins a new one.</summary>
    private void StartOver()
    {
        if (!_stopped)
        {
            _due = _frames + limits.Step;
            _ = writer.TryRestartLog(limits.Patience);
        }
    }

    /// <summary>Waits for the end of what is under way; false when it failed.</summary>
    private bool EndPass()
    {
        var pass = _pass;
        _pass = null;
        try
        {
            _ = pass?.GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // Whatever it is: it concerns no commit.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Failed(error);
            return false;
        }

        if (pass is not null && _failing)
        {
            _failing = false;
            DatabaseLog.WrittenBackAgain(logger, writer.Path);
        }

        return true;
    }

    // SQLite flushes the file only when nothing was added meanwhile, and else leaves all of it to whoever comes last. What is
    // added during one round is left to the next, until little is left or no round gets much further.
    private bool Pass()
    {
        try
        {
            _own ??= open();
            var left = int.MaxValue;
            while (true)
            {
                _own.WriteLogBack();
                _own.Flush();
                var rest = _own.Log().Rest;
                if (rest <= limits.Step || rest > left / 2)
                {
                    return true;
                }

                left = rest;
            }
        }
        catch
        {
            _own?.Dispose();
            _own = null;
            throw;
        }
    }

    private void Failed(Exception error)
    {
        failed?.Invoke();

        // INVARIANT: after a flush that failed, the log is kept as it is. The system takes the pages for written and does not
        // report them twice, SQLite counts them as written back, and a later flush that succeeds would let go of the only copy.
        // The next opening counts from the beginning again.
        if (error is SqliteException { SqliteExtendedErrorCode: SqliteDatabase.FlushFailed })
        {
            _stopped = true;
            writer.KeepLog();
            DatabaseLog.LogKept(logger, writer.Path, error);
        }
        else if (!_failing)
        {
            _failing = true;
            DatabaseLog.NotWrittenBack(logger, writer.Path, error);
        }
    }
}
