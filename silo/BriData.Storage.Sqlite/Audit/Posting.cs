namespace BriData.Storage.Sqlite.Audit;

/// <summary>One record under one term, for one audience.</summary>
internal readonly record struct Posting(long Audience, long Term, long Ticks, long Record) : IComparable<Posting>
{
    public int CompareTo(Posting other)
    {
        var order = Audience.CompareTo(other.Audience);
        order = order != 0 ? order : Term.CompareTo(other.Term);
        order = order != 0 ? order : Ticks.CompareTo(other.Ticks);
        return order != 0 ? order : Record.CompareTo(other.Record);
    }
}
