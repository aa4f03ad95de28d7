using BriData.Gateway.SampleWorld;
using Microsoft.Extensions.Configuration;

namespace BriData.Gateway.Tests.SampleWorld;

public sealed class ListeningAddressTests
{
    [Theory]
    [InlineData(null, "http://localhost:5080/")]
    [InlineData("http://localhost:6000", "http://localhost:6000/")]
    [InlineData("http://*:6001", "http://localhost:6001/")]
    [InlineData("http://+:6002", "http://localhost:6002/")]
    [InlineData("http://0.0.0.0:6003", "http://localhost:6003/")]
    [InlineData("http://[::]:6004", "http://localhost:6004/")]
    [InlineData("https://[::1]:6005", "https://[::1]:6005/")]
    [InlineData(" http://localhost:6006 ; http://localhost:6007", "http://localhost:6006/")]
    public void Of_ConfiguredAddresses_IsTheFirstOnLoopback(string? urls, string expected) => Assert.Equal(new Uri(expected), Of(urls));

    [Theory]
    [InlineData("http://localhost:0")]
    [InlineData("http://*:0")]
    public void Of_PortLeftToChance_IsRefusedWithTheReason(string urls) =>
        Assert.Contains("--urls", Assert.Throws<InvalidOperationException>(() => Of(urls)).Message, StringComparison.Ordinal);

    private static Uri Of(string? urls) =>
        ListeningAddress.Of(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = urls }).Build());
}
