using System.Text;
using Microsoft.Net.Http.Headers;

namespace BriData.Gateway.Http;

/// <summary>
/// What a ledger keeps of a payload's <c>Content-Type</c>: type, subtype and a known <c>charset</c>, in lower case. Other
/// parameters, a file's name for one, may tell of persons, and no ledger forgets them (I9).
/// </summary>
internal static class PayloadMediaType
{
    private const string Unknown = "application/octet-stream";
    private const int MaxLength = 100;

    public static string Of(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var parsed) || parsed.MediaType is not { Length: <= MaxLength } type || parsed.MatchesAllTypes || parsed.MatchesAllSubTypes)
        {
            return Unknown;
        }

        var name = parsed.Charset.HasValue ? HeaderUtilities.RemoveQuotes(parsed.Charset).ToString() : "";
        return (IsKnown(name) ? $"{type}; charset={name}" : type.ToString()).ToLowerInvariant();
    }

    private static bool IsKnown(string charset)
    {
        if (charset.Length == 0)
        {
            return false;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(charset) is not null || Encoding.GetEncoding(charset) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
