namespace BriData.Entries.Transfers;

/// <summary>Classes of values that are kept, and erased, apart from each other.</summary>
internal static class RetentionClass
{
    /// <summary>The bytes that were exchanged.</summary>
    public const string Payload = "payload";

    /// <summary>Legal bases and reasons.</summary>
    public const string Statements = "statements";

    /// <summary>All of them, sorted.</summary>
    public static readonly string[] All = [Payload, Statements];
}
