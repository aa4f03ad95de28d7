using BriData.Ledger.Canonical;

namespace BriData.Entries.Events;

/// <summary>Writes canonical JSON with a writer that each thread keeps, so that only the result is allocated.</summary>
internal static class CanonicalScratch
{
    [ThreadStatic]
    private static CanonicalJsonWriter? _writer;

    /// <param name="state">What to write.</param>
    /// <param name="write">Writes one value. It must not call back into this class.</param>
    public static byte[] Write<T>(T state, Action<CanonicalJsonWriter, T> write) => WriteSpan(state, write).ToArray();

    /// <summary>Whether what is written is this.</summary>
    /// <inheritdoc cref="Write"/>
    public static bool Writes<T>(T state, Action<CanonicalJsonWriter, T> write, ReadOnlySpan<byte> expected) => WriteSpan(state, write).SequenceEqual(expected);

    private static ReadOnlySpan<byte> WriteSpan<T>(T state, Action<CanonicalJsonWriter, T> write)
    {
        var writer = _writer ??= new CanonicalJsonWriter();
        writer.Reset();
        write(writer, state);
        return writer.Written;
    }
}
