export interface ErrorRequest {
  readonly kind: string;
}
