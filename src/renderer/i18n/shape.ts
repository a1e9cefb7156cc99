/** The keys of a text table with any text. Plural forms that Korean does not have may be left out. */
export type Shape<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Shape<T[K]>
} & { readonly [K in keyof T as K extends `${string}_one` ? K : never]?: string }
