using System.Collections.Concurrent;

namespace BriData.Storage.Sqlite.Database;

/// <summary>Reading connections with their prepared statements, kept for the next reader.</summary>
internal sealed class ReaderPool<TReader>(Func<TReader> open) : IDisposable
    where TReader : class, IDisposable
{
    private static readonly int MaxIdle = 2 * Environment.ProcessorCount;

    private readonly ConcurrentStack<TReader> _idle = new();
    private volatile bool _disposed;

    /// <summary>Runs a read. A reader whose read failed is closed rather than kept.</summary>
    public TResult Read<TState, TResult>(TState state, Func<TReader, TState, TResult> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var reader = _idle.TryPop(out var idle) ? idle : open();
        var sound = false;
        try
        {
            var result = read(reader, state);
            sound = true;
            return result;
        }
        finally
        {
            Return(reader, sound);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryPop(out var reader))
        {
            reader.Dispose();
        }
    }

    private void Return(TReader reader, bool sound)
    {
        if (!sound || _disposed || _idle.Count >= MaxIdle)
        {
            reader.Dispose();
            return;
        }

        _idle.Push(reader);

        // Disposal may have emptied the stack between the test above and the push.
        if (_disposed)
        {
            Dispose();
        }
    }
}
