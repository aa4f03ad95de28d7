namespace BriData.Entries.Events;

/// <summary>
/// What a kind of entry says beyond the envelope. Stored in ledgers for ever: members are only ever added, as optional.
/// </summary>
internal abstract record EventData;
