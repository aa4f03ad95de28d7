using System.Text;
using System.Text.Json;
using BriData.Contracts;
using BriData.Gateway.Http;
using BriData.Gateway.Json;

namespace BriData.Gateway.Tests.Http;

public sealed class JsonRefusalsTests
{
    [Theory]
    [InlineData("{", ErrorCodes.MalformedJson)]
    [InlineData("", ErrorCodes.MalformedJson)]
    [InlineData("{\"a\":1} x", ErrorCodes.MalformedJson)]
    [InlineData("{\"agreement\":\"a\",}", ErrorCodes.MalformedJson)]
    [InlineData("[]", ErrorCodes.InvalidField)]
    [InlineData("{\"agreement\":1,\"dataset\":\"d\",\"purpose\":\"p\"}", ErrorCodes.InvalidField)]
    [InlineData("{\"agreement\":null,\"dataset\":\"d\",\"purpose\":\"p\"}", ErrorCodes.InvalidField)]
    [InlineData("{\"agreement\":\"a\",\"dataset\":\"d\"}", ErrorCodes.InvalidField)]
    [InlineData("{\"agreement\":\"a\",\"agreement\":\"a\",\"dataset\":\"d\",\"purpose\":\"p\"}", ErrorCodes.InvalidField)]
    [InlineData("{\"agreement\":\"a\",\"dataset\":\"d\",\"purpose\":\"p\",\"urgent\":true}", ErrorCodes.UnknownField)]
    [InlineData("{\"Agreement\":\"a\",\"dataset\":\"d\",\"purpose\":\"p\"}", ErrorCodes.UnknownField)]
    public void From_WhatTheReaderRefused_HasItsCode(string body, string code) => Assert.Equal(code, Refuse(body).Code);

    [Fact]
    public void From_WrongType_NamesTheField()
    {
        var refusal = Refuse("{\"agreement\":\"a\",\"dataset\":7,\"purpose\":\"p\"}");
        Assert.Equal(("$.dataset", ErrorCodes.InvalidField), (refusal.Fields.Single().Field, refusal.Fields.Single().Code));
    }

    [Fact]
    public void From_UnknownField_NamesIt() =>
        Assert.Equal("$.urgent", Refuse("{\"agreement\":\"a\",\"dataset\":\"d\",\"purpose\":\"p\",\"urgent\":true}").Fields.Single().Field);

    [Fact]
    public void From_Malformed_SaysWhere() => Assert.Contains("line 2", Refuse("{\n\"agreement\" \"a\"}").Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"agreement\":1,\"dataset\":\"d\",\"purpose\":\"p\"}")]
    [InlineData("{\"agreement\":\"a\",\"dataset\":\"d\"}")]
    [InlineData("{\"agreement\":\"a\",\"dataset\":\"d\",\"purpose\":\"p\",\"urgent\":true}")]
    public void From_Anything_ShowsNoTypesOfThePlatform(string body)
    {
        var refusal = Refuse(body);
        Assert.DoesNotContain("BriData", refusal.Detail + string.Concat(refusal.Fields.Select(f => f.Message)), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", refusal.Detail + string.Concat(refusal.Fields.Select(f => f.Message)), StringComparison.Ordinal);
    }

    private static Refusal Refuse(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return JsonRefusals.From(Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize(bytes, GatewayJson.Default.TransferCreateRequest)), bytes);
    }
}
