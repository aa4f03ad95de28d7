using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace BriData.Ledger.Notes;

/// <summary>
/// The timestamped signature of a witness, C2SP tlog-cosignature, Ed25519: time ‖ signature over a header, the time and the
/// checkpoint. It says that, at this time, this was the largest consistent tree of the log that the witness had seen.
/// </summary>
internal static class Cosignature
{
    public const int Length = sizeof(ulong) + SignatureLength;

    private const int SignatureLength = 64;

    /// <summary>What is signed: <c>cosignature/v1</c>, the time line and the checkpoint's note text.</summary>
    public static byte[] Message(string text, long time) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time}\n{text}"));

    /// <summary>The bytes of the signature line behind the key identifier.</summary>
    public static byte[] Join(long time, ReadOnlySpan<byte> signature)
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time);
        signature.CopyTo(bytes.AsSpan(sizeof(long)));
        return bytes;
    }

    /// <summary>Takes such bytes apart; false for another length, or a time beyond 2^63 − 1.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> bytes, out long time, out ReadOnlySpan<byte> signature)
    {
        time = 0;
        signature = default;
        if (bytes.Length != Length)
        {
            return false;
        }

        time = BinaryPrimitives.ReadInt64BigEndian(bytes);
        signature = bytes[sizeof(long)..];
        return time >= 0;
    }

    /// <summary>Whether the text is the body of a checkpoint: nothing else is ever cosigned.</summary>
    public static bool IsCheckpoint([NotNullWhen(true)] string? text) => Checkpoint.TryParse(text, out _);
}
