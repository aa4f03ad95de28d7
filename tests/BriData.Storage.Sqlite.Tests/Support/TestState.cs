namespace BriData.Storage.Sqlite.Tests.Support;

public sealed class TestState
{
    public int Value { get; set; }
}
