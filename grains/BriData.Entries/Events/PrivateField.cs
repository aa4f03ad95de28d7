using BriData.Entries.Agencies;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Transfers;

namespace BriData.Entries.Events;

/// <summary>A member of an entry's data that commits to a text.</summary>
/// <param name="Name">Name of the member.</param>
/// <param name="Commitment">SHA-256 of salt and text, lower hex.</param>
/// <param name="Key">Name of the key; null for an entry from before texts were sealed.</param>
internal sealed record PrivateField(string Name, string Commitment, string? Key)
{
    /// <summary>The one private text of an entry; null when it has none.</summary>
    public static PrivateField? Of(EventData data)
    {
        var (name, commitment, key) = data switch
        {
            TransferRequested requested => ("legalBasis", requested.LegalBasis, requested.TextKey),
            TransferActed acted => ("reason", acted.Reason, acted.TextKey),
            TransferErased erased => ("reason", erased.Reason, erased.TextKey),
            AgreementSuspended suspended => ("reason", suspended.Reason, suspended.TextKey),
            AgreementResumed resumed => ("reason", resumed.Reason, resumed.TextKey),
            AgreementTerminated terminated => ("reason", terminated.Reason, terminated.TextKey),
            CountryKeyRevoked revoked => ("reason", revoked.Reason, revoked.TextKey),
            AgencySuspended suspended => ("reason", suspended.Reason, suspended.TextKey),
            AgencyResumed resumed => ("reason", resumed.Reason, resumed.TextKey),
            _ => ("", null, null),
        };
        return commitment is null ? null : new PrivateField(name, commitment, key);
    }
}
