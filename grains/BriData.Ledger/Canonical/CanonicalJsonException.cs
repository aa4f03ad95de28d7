namespace BriData.Ledger.Canonical;

/// <summary>Why a text has no canonical form.</summary>
public enum CanonicalJsonError
{
    /// <summary>Not JSON (RFC 8259); this includes NaN, Infinity, comments, a byte order mark and trailing text.</summary>
    Syntax,

    /// <summary>Nested deeper than <see cref="CanonicalJson.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>A string is not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>A string holds half of a surrogate pair.</summary>
    LoneSurrogate,

    /// <summary>An object has the same name twice.</summary>
    DuplicateName,

    /// <summary>A number is outside IEEE 754 double, or (writer) an integer is outside ±(2^53 − 1).</summary>
    NumberOutOfRange,

    /// <summary>Writer only: a name was written after one that sorts behind it.</summary>
    NameOrder,
}

/// <summary>A text has no canonical form.</summary>
public sealed class CanonicalJsonException(CanonicalJsonError code, long offset, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public CanonicalJsonError Code { get; } = code;

    /// <summary>Zero-based byte position in the input, or for a writer in the output, where it was noticed.</summary>
    public long Offset { get; } = offset;
}
