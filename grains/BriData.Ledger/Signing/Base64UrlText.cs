using System.Buffers;
using System.Buffers.Text;

namespace BriData.Ledger.Signing;

/// <summary>Base64url as RFC 7515, 2 has it, with exactly one spelling per value: no padding, no white space, unused bits zero.</summary>
internal static class Base64UrlText
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string Write(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    public static bool TryRead(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (text.ContainsAnyExcept(Alphabet) || text.Length % 4 == 1)
        {
            return false;
        }

        var decoded = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, decoded, out _, out var length) != OperationStatus.Done)
        {
            return false;
        }

        bytes = decoded[..length];
        return text.SequenceEqual(Write(bytes));
    }
}
