namespace BriData.Identity.Caching;

/// <summary>
/// Compares whole tokens, but hashes only their end, which is signature and so evenly spread. Fit only for tokens whose
/// signature has been verified: whoever could choose the ends freely could make them all collide.
/// </summary>
internal sealed class TokenTailComparer : IEqualityComparer<string>
{
    private const int Tail = 40;

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode(string obj) =>
        string.GetHashCode(obj.Length <= Tail ? obj.AsSpan() : obj.AsSpan(obj.Length - Tail), StringComparison.Ordinal);
}
