namespace BriData.Entries.Visibility;

/// <summary>Whose a field of an entry on an agreement's ledger is. A regulator sees what is common or of the own country.</summary>
internal enum FieldSide
{
    /// <summary>Of the exchange itself; every party's regulator sees it.</summary>
    Common,

    /// <summary>Of the country whose officer acted.</summary>
    Actor,

    /// <summary>Of the exporter's country.</summary>
    Exporter,

    /// <summary>Of the importer's country.</summary>
    Importer,

    /// <summary>Of the country that the entry is a context of.</summary>
    Subject,

    /// <summary>Made of both sides' law, or of a side that the entry does not tell; no regulator sees it.</summary>
    Mixed,

    /// <summary>Of the country that the item around it names.</summary>
    ItemCountry,

    /// <summary>An item of a list, of the jurisdiction that its <c>source</c> names; the agreement and the platform are common.</summary>
    ItemLaw,

    /// <summary>An item of a list, of the side that its <c>source</c> names: exporter or requester; otherwise common.</summary>
    ItemSource,

    /// <summary>A code of a list, of the country whose prefix it has (<c>CN_STANDARD_CONTRACT</c>); without one common.</summary>
    ItemCode,
}
