using System.Buffers.Binary;

namespace BriData.Storage.Sqlite.Database;

/// <summary>
/// Reads the write-ahead log before SQLite does (SQLite file format, section 4.2). SQLite takes the first frame that does not
/// hash for the end of the log and drops all behind it, and with them commits that were acknowledged.
/// </summary>
/// <remarks>
/// A power cut may leave the log's last transaction torn; that one was never acknowledged. But a transaction begins only after
/// the one before is on the disk. So when a transaction that follows the bad frame was itself followed by another one, the bad
/// frame was good once and has been damaged since. That another followed is told by its checksum, which goes on from the one
/// before: commits that failed are written over by shorter ones, and what then lies behind those has the same salts but does not.
/// </remarks>
internal static class WalCheck
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const uint LittleEndianMagic = 0x377F0682;

    /// <summary>What is wrong with the log, or null.</summary>
    public static string? Problem(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 20, FileOptions.SequentialScan);
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
        {
            return null;
        }

        var bigEndian = Number(header) != LittleEndianMagic;
        var sums = Sum(header[..24], bigEndian, default);
        if (Number(header) is LittleEndianMagic or LittleEndianMagic + 1 && Matches(sums, header[24..]))
        {
            return Frames(file, header[16..24], (int)Number(header[8..]), bigEndian, sums);
        }

        // The header is on the disk before the first frame is written. All zero is what a power cut leaves of none.
        return file.Length > HeaderBytes && header.ContainsAnyExcept((byte)0) ? "Its header is damaged." : null;
    }

    private static string? Frames(FileStream file, ReadOnlySpan<byte> salts, int pageBytes, bool bigEndian, (uint, uint) sums)
    {
        var frame = new byte[FrameHeaderBytes + pageBytes];
        var bad = -1L;

        // The frame before, once one is bad: whether it ends a transaction, its checksum as it is stored, and as it should be.
        var (ended, stored) = (false, sums);
        for (var number = 0L; file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length; number++)
        {
            // Frames of an earlier log lie behind the end of this one; their salts differ.
            var same = frame.AsSpan(8, 8).SequenceEqual(salts);
            if (ended && same && (Matches(After(frame, bigEndian, stored), frame.AsSpan(16)) || Matches(After(frame, bigEndian, sums), frame.AsSpan(16))))
            {
                return $"Frame {bad} is damaged, and there is more behind it.";
            }

            if (bad < 0)
            {
                sums = After(frame, bigEndian, sums);
                bad = same && Matches(sums, frame.AsSpan(16)) ? -1 : number;
            }

            ended = bad >= 0 && Number(frame.AsSpan(4)) != 0;
            stored = (Number(frame.AsSpan(16)), Number(frame.AsSpan(20)));
        }

        return null;
    }

    /// <summary>The checksum of a frame that follows one with the given checksum.</summary>
    private static (uint, uint) After(byte[] frame, bool bigEndian, (uint, uint) sums) =>
        Sum(frame.AsSpan(FrameHeaderBytes), bigEndian, Sum(frame.AsSpan(0, 8), bigEndian, sums));

    private static bool Matches((uint A, uint B) sums, ReadOnlySpan<byte> stored) => Number(stored) == sums.A && Number(stored[4..]) == sums.B;

    private static uint Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static (uint, uint) Sum(ReadOnlySpan<byte> bytes, bool bigEndian, (uint A, uint B) sums)
    {
        var (a, b) = sums;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var (x, y) = bigEndian
                ? (BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]))
                : (BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
            a = unchecked(a + x + b);
            b = unchecked(b + y + a);
        }

        return (a, b);
    }
}
