using System.Diagnostics.CodeAnalysis;
using BriData.Ledger;

namespace BriData.Cli.Platform;

/// <summary>What an address on the command line names: a platform, or one ledger of it.</summary>
/// <param name="Platform">Address of the platform, ending in a slash.</param>
/// <param name="Ledger">The ledger; null for the whole platform.</param>
internal sealed record LedgerAddress(Uri Platform, LedgerId? Ledger)
{
    private const string Ledgers = "/v1/ledgers/";

    /// <summary>Reads <c>https://host/</c> or <c>https://host/v1/ledgers/agreement/cn-kz-customs</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out LedgerAddress? address)
    {
        address = null;
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            return false;
        }

        var at = uri.AbsolutePath.IndexOf(Ledgers, StringComparison.Ordinal);
        if (at < 0)
        {
            address = new LedgerAddress(uri, null);
            return true;
        }

        if (!LedgerId.TryParse(uri.AbsolutePath[(at + Ledgers.Length)..].TrimEnd('/'), out var ledger))
        {
            return false;
        }

        address = new LedgerAddress(new Uri(uri, uri.AbsolutePath[..(at + 1)]), ledger);
        return true;
    }
}
