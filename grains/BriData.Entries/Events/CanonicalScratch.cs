using System.Buffers;
using BriData.Ledger.Canonical;

namespace BriData.Entries.Events;

/// <summary>Writes canonical JSON through a buffer that each thread keeps, so that only the result is allocated.</summary>
internal static class CanonicalScratch
{
    private const int InitialBytes = 16 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

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
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(InitialBytes);
        var writer = _writer ??= new CanonicalJsonWriter(buffer);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        write(writer, state);
        return buffer.WrittenSpan;
    }
}
