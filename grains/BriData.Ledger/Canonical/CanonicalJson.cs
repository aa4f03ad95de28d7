namespace BriData.Ledger.Canonical;

/// <summary>The JSON Canonicalization Scheme, RFC 8785.</summary>
public static class CanonicalJson
{
    /// <summary>Deepest nesting of objects and arrays that is accepted.</summary>
    public const int MaxDepth = 64;

    /// <summary>Rewrites one JSON value in its canonical form.</summary>
    /// <exception cref="CanonicalJsonException">The text has no canonical form; code and byte offset say why and where.</exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> utf8Json)
    {
        var output = new JcsBuffer(utf8Json.Length + 1);
        new JcsRewriter(output).Rewrite(utf8Json);
        return output.Written.ToArray();
    }

    /// <summary>Whether the bytes are exactly their own canonical form. False for what has none.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> utf8Json)
    {
        var output = new JcsBuffer(utf8Json.Length + 1);
        try
        {
            new JcsRewriter(output).Rewrite(utf8Json);
        }
        catch (CanonicalJsonException)
        {
            return false;
        }

        return output.Written.SequenceEqual(utf8Json);
    }
}
