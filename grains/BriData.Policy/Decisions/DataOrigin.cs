using System.Collections.Immutable;

namespace BriData.Policy.Decisions;

/// <summary>Where data came from that was received from another country, and on what conditions.</summary>
/// <param name="DataSet">Data set identifier at its origin.</param>
/// <param name="Country">The country it came from.</param>
/// <param name="Agreement">The agreement under which it was received.</param>
/// <param name="Grant">The grant of that agreement.</param>
/// <param name="OnwardTo">Countries to which the grant lets it be passed on, as it is or in derived data; sorted.</param>
/// <param name="Obligations">Obligations of the decision under which it was received; they travel with the data.</param>
public sealed record DataOrigin(
    string DataSet,
    string Country,
    string Agreement,
    string Grant,
    ImmutableArray<string> OnwardTo,
    ImmutableArray<string> Obligations);
