namespace BriData.Policy.Facts;

/// <summary>Who states a fact. Ordered by trust: the platform knows, the exporter answers for its data, the requester asks.</summary>
public enum FactSource
{
    /// <summary>Known to the platform itself: agreement, registry, classification, running totals. Nobody may assert it.</summary>
    Platform,

    /// <summary>Stated by the side that holds the data.</summary>
    Exporter,

    /// <summary>Stated by the side that asks for the data; the exporter may state it too.</summary>
    Requester,
}
