using BriData.Contracts.Countries;
using BriData.Ledger.Notes;
using BriData.Ledger.Witnesses;

namespace BriData.Grains.Witnesses;

/// <summary>Whether a country's list of witnesses is in order, and what it means.</summary>
internal static class WitnessChecks
{
    private const int MaxWitnesses = 16;
    private const int MaxText = 500;

    /// <summary>What is wrong, for a person; null when nothing is.</summary>
    public static string? Check(WitnessList list)
    {
        if (list.Witnesses.IsDefault || list.Witnesses.Length > MaxWitnesses)
        {
            return $"witnesses has at most {MaxWitnesses} items.";
        }

        if (list.Quorum < 0 || list.Quorum > list.Witnesses.Length)
        {
            return "quorum is 0 to the number of witnesses.";
        }

        var keys = new List<CosignatureVerifier>();
        foreach (var witness in list.Witnesses)
        {
            if (witness.Vkey.Length > MaxText || !CosignatureVerifier.TryParse(witness.Vkey, out var key))
            {
                return $"A vkey is that of a witness: name+hash+key with signature type 0x04 (C2SP tlog-cosignature), at most {MaxText} characters.";
            }

            if (PrefixOf(witness.Url) is null)
            {
                return $"The url of '{key.Name}' is https, or http on this machine, without user, query and fragment, at most {MaxText} characters.";
            }

            if (keys.Exists(other => other.Name == key.Name || other.HasKeyOf(key)))
            {
                return $"'{key.Name}' or its key is named twice; one witness counts once.";
            }

            keys.Add(key);
        }

        return null;
    }

    /// <summary>
    /// What is wrong with the lists of an agreement's parties taken together; null when nothing is. One checkpoint must bear the
    /// cosignatures of every quorum and still be read by everyone.
    /// </summary>
    public static string? CheckTogether(IEnumerable<WitnessList?> parties)
    {
        WitnessList[] named = [.. parties.OfType<WitnessList>()];
        var quorums = named.Sum(list => list.Quorum);
        var witnesses = named.SelectMany(list => list.Witnesses).DistinctBy(witness => witness.Vkey).Count();
        return Math.Min(quorums, witnesses) > WitnessPolicy.MaxCosignatures
            ? $"The quorums of the parties' witnesses come to {quorums}, and a checkpoint bears at most {WitnessPolicy.MaxCosignatures} cosignatures. A party must ask for fewer."
            : null;
    }

    /// <summary>The group that a list in order stands for; null when it names nobody.</summary>
    public static WitnessGroup? GroupOf(string country, WitnessList? list) =>
        list is null || list.Witnesses.IsEmpty
            ? null
            : new WitnessGroup(country, [.. list.Witnesses.Select(w => new Witness(CosignatureVerifier.Parse(w.Vkey), PrefixOf(w.Url)!))], list.Quorum);

    private static Uri? PrefixOf(string url) =>
        url.Length <= MaxText
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length == 0
            ? uri
            : null;
}
