using BriData.Contracts;

namespace BriData.Gateway.Http;

/// <summary>A bound parameter that may instead hold the reason why it could not be bound.</summary>
internal interface IRefusable
{
    Refusal? Refusal { get; }
}
