namespace BriData.Entries.Judging;

/// <summary>Who must have acted.</summary>
internal enum ActedBy
{
    /// <summary>The platform itself; the entry names nobody.</summary>
    Platform,

    /// <summary>A person, who is named.</summary>
    Person,

    /// <summary>Either of them.</summary>
    Anyone,
}

/// <summary>Members of the envelope besides those that every entry has.</summary>
[Flags]
internal enum Members
{
    None = 0,
    Agreement = 1,
    Transfer = 2,
    DataSet = 4,
    Exporter = 8,
    Importer = 16,

    /// <summary>The fingerprint of the request.</summary>
    Operation = 32,
    Decision = 64,

    /// <summary>What says which transfer an entry is about.</summary>
    OfTransfer = Agreement | Transfer | DataSet | Exporter | Importer,
}

/// <summary>What must hold of one kind of entry on one kind of ledger.</summary>
/// <param name="Kind">The kind of entry.</param>
/// <param name="By">Who must have acted.</param>
/// <param name="Has">Members that must be there. All others must not, but for those of <paramref name="MayHave"/>.</param>
/// <param name="Judge">Whether it may stand where it stands, and what follows from it.</param>
/// <param name="MayHave">Members that may be there.</param>
internal sealed record Row<TBook>(string Kind, ActedBy By, Members Has, Action<TBook, JudgedEntry> Judge, Members MayHave = Members.None);
